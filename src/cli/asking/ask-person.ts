import { isCancel, log, note, select, text } from '@clack/prompts';

import type { JsonValue } from '../../kernel/index.ts';
import type { Question } from '../../state/index.ts';
import { EditorFailedError } from '../errors.ts';
import { renderMarkdown } from '../rendering/markdown.ts';
import { plainText } from '../rendering/plain-text.ts';
import type { Terminal } from '../terminal.ts';
import type { Awaited, AwaitedDecision, AwaitedQuestions } from './awaited.ts';
import { checkEdit } from './check-edit.ts';
import { editInEditor } from './edit-in-editor.ts';

const OWN_WORDS = 'in my own words';

/**
 * Asks the person at the terminal.
 *
 * @returns The answer to send into the thread; undefined when the person puts it off.
 */
export async function askPerson(
  awaited: Awaited,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<JsonValue | undefined> {
  return awaited.kind === 'questions'
    ? askQuestions(awaited, signal)
    : askDecision(awaited, terminal, signal);
}

async function askQuestions(
  { questions, problem }: AwaitedQuestions,
  signal: AbortSignal,
): Promise<JsonValue | undefined> {
  const count = questions.length === 1 ? 'One question' : `${questions.length} questions`;
  log.step(`${count} before the run can go on`);
  if (problem !== undefined) log.warn(plainText(problem));
  const answers: Record<string, string> = {};
  for (const [index, question] of questions.entries()) {
    const place = questions.length === 1 ? '' : `${index + 1}/${questions.length}  `;
    const answer = await askQuestion(question, { place, signal });
    if (answer === undefined) return undefined;
    if (answer !== '') answers[question.id] = answer;
  }
  return Object.keys(answers).length === 0 ? undefined : { answers };
}

/** @returns The answer; empty when it is left open; undefined when the person stops. */
async function askQuestion(
  question: Question,
  { place, signal }: { readonly place: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const message = place + plainText(question.text);
  if (question.options.length > 0) {
    const options = [...question.options, OWN_WORDS].map((option) => ({
      value: option,
      label: plainText(option),
    }));
    const chosen = await select({ message, options, signal });
    if (isCancel(chosen)) return undefined;
    if (chosen !== OWN_WORDS) return chosen;
  }
  const placeholder = 'leave empty to leave it open';
  const written = await text({ message, placeholder, defaultValue: '', signal });
  return isCancel(written) ? undefined : written.trim();
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
  const comment = await askComment(decision, signal);
  return comment === undefined ? chooseDecision(awaited, terminal, signal) : { decision, comment };
}

async function askComment(
  decision: 'respond' | 'reject',
  signal: AbortSignal,
): Promise<string | undefined> {
  const message =
    decision === 'reject' ? 'Why? This goes back to the phase.' : 'What should be different?';
  const comment = await text({
    message,
    validate: (value) => ((value ?? '').trim() === '' ? 'Write a word or two.' : undefined),
    signal,
  });
  return isCancel(comment) ? undefined : comment.trim();
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
