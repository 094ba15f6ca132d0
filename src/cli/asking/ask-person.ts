import { isCancel, log, note, select } from '@clack/prompts';

import type { AnswerDraft } from '../../app/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { Question } from '../../state/index.ts';
import { EditorFailedError } from '../errors.ts';
import { renderMarkdown } from '../rendering/markdown.ts';
import { plainText } from '../rendering/plain-text.ts';
import type { Terminal } from '../terminal.ts';
import type { Awaited, AwaitedDecision, AwaitedQuestions } from './awaited.ts';
import { askText } from './ask-text.ts';
import { checkEdit } from './check-edit.ts';
import { editInEditor } from './edit-in-editor.ts';

const OWN_WORDS = 'in my own words';

/** Where a person is asked, and what they wrote before. */
export interface AskingParts {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Keeps each answer as soon as it is given. */
  readonly draft: AnswerDraft;
}

/**
 * Asks the person at the terminal.
 *
 * @returns The answer to send into the thread; undefined when the person puts it off.
 */
export async function askPerson(
  awaited: Awaited,
  parts: AskingParts,
): Promise<JsonValue | undefined> {
  return awaited.kind === 'questions'
    ? askQuestions(awaited, parts)
    : askDecision(awaited, parts.terminal, parts.signal);
}

async function askQuestions(
  { questions, problem }: AwaitedQuestions,
  parts: AskingParts,
): Promise<JsonValue | undefined> {
  const count = questions.length === 1 ? 'One question' : `${questions.length} questions`;
  log.step(`${count} before the run can go on`);
  if (problem !== undefined) log.warn(plainText(problem));
  const earlier = await parts.draft.read();
  if (questions.some(({ id }) => earlier[id] !== undefined))
    log.info('What you answered before stands there again: Enter keeps it.');
  const answers: Record<string, string> = {};
  for (const [index, question] of questions.entries()) {
    const place = questions.length === 1 ? '' : `${index + 1}/${questions.length}  `;
    const answer = await askQuestion(question, { ...parts, place, earlier: earlier[question.id] });
    if (answer === undefined) {
      if (Object.keys({ ...earlier, ...answers }).length > 0)
        log.info('Your answers so far are kept. The same command asks on.');
      return undefined;
    }
    if (answer !== '') answers[question.id] = answer;
    await parts.draft.write({ ...earlier, ...answers });
  }
  return Object.keys(answers).length === 0 ? undefined : { answers };
}

interface QuestionParts extends AskingParts {
  readonly place: string;
  readonly earlier: string | undefined;
}

/** @returns The answer; empty when it is left open; undefined when the person stops. */
async function askQuestion(
  question: Question,
  { place, earlier, terminal, signal }: QuestionParts,
): Promise<string | undefined> {
  const message = place + plainText(question.text);
  const isOwn = earlier !== undefined && !question.options.includes(earlier);
  if (question.options.length > 0) {
    const options = [...question.options, OWN_WORDS].map((option) => ({
      value: option,
      label: plainText(option),
    }));
    const initialValue = isOwn ? OWN_WORDS : earlier;
    const chosen = await select({
      message,
      options,
      signal,
      ...(initialValue === undefined ? {} : { initialValue }),
    });
    if (isCancel(chosen)) return undefined;
    if (chosen !== OWN_WORDS) return chosen;
  }
  const placeholder = 'leave empty to leave it open; Ctrl-J begins a new line';
  const initial = isOwn ? plainText(earlier) : undefined;
  return askText({ message, placeholder, initial }, { ...terminal, signal });
}

async function askDecision(
  awaited: AwaitedDecision,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<JsonValue | undefined> {
  const { paint } = terminal;
  const width = terminal.width - 2;
  terminal.out(`\n${renderMarkdown(awaited.description, { width, paint })}\n`);
  return chooseDecision(awaited, terminal, signal);
}

async function chooseDecision(
  awaited: AwaitedDecision,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<JsonValue | undefined> {
  const decision = await select({
    message: 'What do you decide?',
    options: [
      { value: 'approve', label: 'Approve', hint: 'go on with exactly this' },
      { value: 'edit', label: 'Edit', hint: 'change it in your editor, which approves the result' },
      { value: 'respond', label: 'Respond', hint: 'say what should be different' },
      { value: 'reject', label: 'Reject', hint: 'send it back, with the reason' },
      { value: 'later', label: 'Decide later', hint: 'leave the run waiting' },
    ] as const,
    signal,
  });
  if (isCancel(decision) || decision === 'later' || signal.aborted) return undefined;
  if (decision === 'approve') return { decision: 'approve' };
  if (decision === 'edit') return askEdit(awaited, terminal, signal);
  const comment = await askComment(decision, terminal, signal);
  return comment === undefined ? chooseDecision(awaited, terminal, signal) : { decision, comment };
}

async function askComment(
  decision: 'respond' | 'reject',
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string | undefined> {
  const message =
    decision === 'reject' ? 'Why? This goes back to the phase.' : 'What should be different?';
  return askText(
    {
      message,
      validate: (text) => (text === '' ? 'Write a word or two.' : undefined),
    },
    { ...terminal, signal },
  );
}

/** Lets the person edit what is decided about, until it fits or they give up. */
export async function askEdit(
  awaited: AwaitedDecision,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<JsonValue | undefined> {
  let draft = `${JSON.stringify(awaited.subject, null, 2)}\n`;
  for (;;) {
    const outcome = await editOnce(draft, awaited);
    if (outcome.kind === 'sent') return { decision: 'edit', subject: outcome.subject };
    if (outcome.kind === 'unchanged') log.info('Nothing was changed.');
    else note(outcome.problems.map(plainText).join('\n'), 'The edit cannot be used yet');
    if (outcome.kind === 'unchanged') return chooseDecision(awaited, terminal, signal);
    const next = await select({
      message: 'Go on editing?',
      options: [
        { value: 'edit', label: 'Open it again', hint: 'with what you wrote' },
        { value: 'back', label: 'Give the edit up' },
      ] as const,
      signal,
    });
    if (isCancel(next) || next === 'back') return chooseDecision(awaited, terminal, signal);
    draft = outcome.draft;
  }
}

type Edited =
  | { readonly kind: 'sent'; readonly subject: JsonValue }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unusable'; readonly draft: string; readonly problems: readonly string[] };

async function editOnce(draft: string, { subject, schema }: AwaitedDecision): Promise<Edited> {
  let written: string;
  try {
    written = await editInEditor('plan.json', draft);
  } catch (error) {
    if (!(error instanceof EditorFailedError)) throw error;
    return { kind: 'unusable', draft, problems: [error.message, error.hint] };
  }
  let value: JsonValue;
  try {
    value = JSON.parse(written) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    return { kind: 'unusable', draft: written, problems: [`It is not JSON: ${reason}`] };
  }
  if (JSON.stringify(value) === JSON.stringify(subject)) return { kind: 'unchanged' };
  const checked = checkEdit(value, schema);
  return checked.fits
    ? { kind: 'sent', subject: checked.value }
    : { kind: 'unusable', draft: written, problems: checked.problems };
}
