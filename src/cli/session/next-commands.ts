import type { ThreadStatus } from '../../storage/index.ts';
import type { Awaited, AwaitedQuestions } from '../asking/awaited.ts';
import type { SharedOptions } from '../command-context.ts';
import { dollarQuoted } from '../rendering/plain-text.ts';

/** What a command line to paste is made of. */
export interface CommandLineParts {
  readonly program: string;
  readonly thread: string;
  readonly options: Pick<SharedOptions, 'dataDir' | 'config'> & {
    readonly model?: string;
    readonly fallback?: string;
  };
}

/** A command to paste, and what it does. */
export interface NextCommand {
  readonly does: string;
  readonly command: string;
}

/** Where a run stands, as far as the next commands depend on it. */
export interface Standing {
  readonly status: ThreadStatus;
  readonly awaited: Awaited | undefined;
  /** The newest checkpoint. */
  readonly checkpoint?: string | undefined;
}

/** Gives the exact commands that move a thread on. */
export function nextCommands(
  { status, awaited, checkpoint }: Standing,
  parts: CommandLineParts,
): readonly NextCommand[] {
  const { thread } = parts;
  const line = (does: string, ...words: readonly string[]): NextCommand => ({
    does,
    command: commandLine(parts, words),
  });
  const reading = withoutModel(parts);
  const look = { does: 'look at it', command: commandLine(reading, ['show', thread]) };
  const history = { does: 'its checkpoints', command: commandLine(reading, ['history', thread]) };
  if (status === 'completed') return [look];
  if (status === 'forked' && checkpoint !== undefined) {
    return [line('go on', 'replay', thread, '--from', checkpoint), look, history];
  }
  if (status === 'blocked' || status === 'running' || status === 'forked') {
    return [look, history, line('go on from one', 'replay', thread, '--from', 'CHECKPOINT')];
  }
  if (awaited?.kind === 'questions') return [...answering(awaited, parts), look];
  return [
    look,
    line('approve', 'approve', thread),
    line('ask for changes', 'respond', thread, '--comment', '…'),
    line('reject', 'reject', thread, '--comment', '…'),
    {
      does: 'get it as JSON',
      command: `${commandLine(reading, ['edit', thread, '--print'])} > plan.json`,
    },
    line('approve it edited', 'edit', thread, '--file', 'plan.json'),
  ];
}

const MOST_PAIRS = 3;

function answering(
  { questions }: AwaitedQuestions,
  parts: CommandLineParts,
): readonly NextCommand[] {
  const respond = ['respond', parts.thread];
  if (questions.length <= MOST_PAIRS) {
    const pairs = questions.flatMap(({ id }) => ['--answer', `${id}=…`]);
    return [{ does: 'answer', command: commandLine(parts, [...respond, ...pairs]) }];
  }
  const print = commandLine(withoutModel(parts), [...respond, '--print']);
  const answer = commandLine(parts, [...respond, '--answers', 'answers.json']);
  return [
    { does: 'get a form', command: `${print} > answers.json` },
    { does: 'answer', command: answer },
  ];
}

function withoutModel({
  options: { model: _, fallback: __, ...options },
  ...parts
}: CommandLineParts): CommandLineParts {
  return { ...parts, options };
}

/** Puts words into one line for a shell, with the options that lead to the same data. */
export function commandLine(
  { program, options }: Omit<CommandLineParts, 'thread'>,
  words: readonly string[],
): string {
  const { dataDir, config, model, fallback } = options;
  const all = [
    ...words,
    ...(dataDir === undefined ? [] : ['--data-dir', dataDir]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(model === undefined ? [] : ['--model', model]),
    ...(fallback === undefined ? [] : ['--fallback', fallback]),
  ];
  return [program, ...all.map(quoted)].join(' ');
}

/** Quotes a word for a POSIX shell where it needs it; characters that a terminal obeys are written as numbers. */
export function quoted(word: string): string {
  const unsafe = dollarQuoted(word);
  if (unsafe !== undefined) return unsafe;
  return /^[\w./:@%+,=…-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
