import type { JsonValue } from '../../../kernel/index.ts';
import type { Awaited, AwaitedDecision } from '../../asking/awaited.ts';
import { readAnswerFile } from '../../asking/read-answer-file.ts';
import { parsedJson } from '../../asking/read-answers.ts';
import type { CliCommand, CommandContext } from '../../command-context.ts';
import { InvalidAnswerFileError, NotInteractiveError } from '../../errors.ts';
import { decideThread, type DecisionOptions } from './decision.ts';
import { withDecisionOptions } from './decision-options.ts';

interface EditOptions extends DecisionOptions {
  readonly file?: string;
  readonly print?: boolean;
}

/** `phasegate edit THREAD`: approves a changed version of what the thread shows. */
export const editCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('edit')
      .summary('approve a changed version of what a thread waits with')
      .description(
        'Sends an edited version of what the thread shows, which approves it. Get the original with --print, change it, ' +
          'and give it back with --file; at a terminal, leave both out to use your editor (VISUAL or EDITOR).',
      )
      .option('--file <json>', 'the edited version')
      .option('--print', 'print the version to edit, and change nothing');
    withDecisionOptions(command).action((thread: string, options: EditOptions) => {
      const answer = (awaited: Awaited | undefined) => editOf(awaited, options, context);
      return decideThread(
        { thread, kind: 'decision', options, answer, prints: options.print },
        context,
      );
    });
  },
};

async function editOf(
  awaited: Awaited | undefined,
  { file, print, comment = '' }: EditOptions,
  { terminal, signal, end }: CommandContext,
): Promise<JsonValue | undefined> {
  // No decision is waited for: whatever is sent is refused with the reason.
  if (awaited?.kind !== 'decision') return {};
  if (print === true) {
    terminal.out(JSON.stringify(awaited.subject, null, 2));
    end(0);
    return undefined;
  }
  if (file !== undefined) {
    return { decision: 'edit', subject: await editedFrom(file, awaited), comment };
  }
  if (!terminal.interactive) {
    throw new NotInteractiveError(
      'Editing',
      'Give the edited version with --file; --print prints the one to edit.',
    );
  }
  const { askEdit } = await import('../../asking/ask-person.ts');
  return askEdit(awaited, terminal, signal);
}

async function editedFrom(path: string, { schema }: AwaitedDecision): Promise<JsonValue> {
  const text = await readAnswerFile(path);
  // JSON.parse gives JSON.
  const value = parsedJson(path, text) as JsonValue;
  const { checkEdit } = await import('../../asking/check-edit.ts');
  const checked = checkEdit(value, schema);
  if (checked.fits) return checked.value;
  throw new InvalidAnswerFileError(path, `does not fit, at:\n  ${checked.problems.join('\n  ')}\n`);
}
