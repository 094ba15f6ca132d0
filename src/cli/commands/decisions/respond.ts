import type { AnswerDraft, App } from '../../../app/index.ts';
import type { JsonValue } from '../../../kernel/index.ts';
import type { Awaited } from '../../asking/awaited.ts';
import { readAnswerFile } from '../../asking/read-answer-file.ts';
import { answersFromJson, answersFromPairs } from '../../asking/read-answers.ts';
import type { CliCommand, CommandContext } from '../../command-context.ts';
import { NotInteractiveError, UsageError } from '../../errors.ts';
import { decideThread, type Deciding, type DecisionOptions } from './decision.ts';
import { withDecisionOptions } from './decision-options.ts';

interface RespondOptions extends DecisionOptions {
  readonly answer?: readonly string[];
  readonly answers?: string;
  readonly print?: boolean;
}

/** `phasegate respond THREAD`: answers questions, or asks for changes. */
export const respondCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('respond')
      .summary('answer the questions of a thread, or ask for changes')
      .description(
        'Answers the questions that a thread waits with (--answer, --answers, or at the terminal), or says what should be ' +
          'different about what it shows (--comment).',
      )
      .option('--answer <id=text>', 'the answer to one question; may be given again', collect)
      .option('--answers <file>', 'a JSON file of answers by question id')
      .option('--print', 'print the JSON file to fill in for --answers, and change nothing');
    withDecisionOptions(command).action((thread: string, options: RespondOptions) => {
      const answer: Deciding['answer'] = (awaited, app) =>
        responseTo(awaited, { ...options, draft: () => draftOf(app, thread) }, context);
      const kind = kindOf(options);
      return decideThread({ thread, kind, options, answer, prints: options.print }, context);
    });
  },
};

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function kindOf({
  answer,
  answers,
  comment,
  print,
}: RespondOptions): 'decision' | 'questions' | 'any' {
  const answering = answer !== undefined || answers !== undefined;
  if (answering && comment !== undefined) {
    throw new UsageError(
      'A comment belongs to a decision, answers to questions.',
      'Give --comment alone, or --answer and --answers without it.',
    );
  }
  if (answering || print === true) return 'questions';
  return comment === undefined ? 'any' : 'decision';
}

async function draftOf(app: App, thread: string): Promise<AnswerDraft> {
  const { answerDraft } = await import('../../../app/index.ts');
  return answerDraft(app, thread);
}

interface Responding extends RespondOptions {
  readonly draft: () => Promise<AnswerDraft>;
}

async function responseTo(
  awaited: Awaited | undefined,
  { answer = [], answers, comment, print, draft }: Responding,
  { terminal, signal }: CommandContext,
): Promise<JsonValue | undefined> {
  // Nothing fitting is waited for: whatever is sent is refused with the reason.
  if (awaited === undefined) return {};
  if (print === true && awaited.kind === 'questions') {
    const blank = awaited.questions.map(({ id, options }) => [id, options.join(' | ')]);
    terminal.out(JSON.stringify(Object.fromEntries(blank), null, 2));
    return undefined;
  }
  if (comment !== undefined) return { decision: 'respond', comment };
  if (awaited.kind === 'questions' && (answer.length > 0 || answers !== undefined)) {
    const { questions } = awaited;
    const fromFile =
      answers === undefined
        ? {}
        : answersFromJson(answers, await readAnswerFile(answers), questions);
    return { answers: { ...fromFile, ...answersFromPairs(answer, questions) } };
  }
  if (!terminal.interactive) {
    const wanted = awaited.kind === 'questions' ? '--answer ID=TEXT' : '--comment TEXT';
    throw new NotInteractiveError('The response', `Give ${wanted}.`);
  }
  const { askPerson } = await import('../../asking/ask-person.ts');
  return askPerson(awaited, { terminal, signal, draft: await draft() });
}
