import type { EditionChanges } from '../../../compliance/index.ts';
import { isPhasegateError } from '../../../kernel/index.ts';
import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { failureFrom, type Failure } from '../../report-failure.ts';

/** `phasegate policy list`: which policies are in force. */
export const policyListCommand: CliCommand = {
  register: (policy, { terminal, end }) => {
    const command = policy
      .command('list')
      .summary('list the policies that are in force')
      .description(
        'Lists the files of [policy] in the configuration, rules and packs of standards, and who has signed them. ' +
          'Ends with 4 where no run goes on under them, because they are older or fewer than before.',
      );
    withSharedOptions(command).action(async (options: SharedOptions) =>
      withApp(options, async (app) => {
        const { policies } = app;
        const listed = policies.all.map(({ policy: { file, id, version }, signature }) => {
          return { file, id, version, signature };
        });
        const { demandFloor, editionInForce } = await import('../../../app/index.ts');
        const refusal = await refusalOf(demandFloor(app.floor));
        if (refusal !== undefined) end(EXIT.blocked);
        const standards = policies.standards.map((loaded) => {
          const { id } = loaded.standard;
          return { id, ...editionInForce(app, loaded) };
        });
        if (options.json === true) {
          terminal.out(JSON.stringify({ policies: listed, standards, refused: refusal }));
          return;
        }
        for (const { file, id, version, signature } of listed) {
          const signed =
            signature.status === 'signed' ? `signed by ${signature.keyId}` : signature.status;
          terminal.out(plainLine(`${id} ${version}  ${file}  ${signed}`));
        }
        for (const { id, workflow, version, file, signedBy, changes } of standards) {
          const signed = signedBy === null ? 'unsigned' : `signed by ${signedBy}`;
          const told = toldOf(changes);
          terminal.out(plainLine(`${workflow}/${id} ${version}  ${file}  ${signed}${told}`));
        }
        if (listed.length + standards.length === 0)
          terminal.out('There are none. Name files under [policy] in phasegate.toml.');
        if (refusal !== undefined)
          terminal.out(plainLine(`No run goes on: ${refusal.message} ${refusal.hint}`));
      }),
    );
  },
};

/** What keeps runs from going on under them; undefined where nothing does. */
async function refusalOf(held: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await held;
    return undefined;
  } catch (error) {
    if (isPhasegateError(error)) return failureFrom(error);
    throw error;
  }
}

const TOLD = [
  ['dropped', 'leaves out'],
  ['ungated', 'gates no longer ask'],
  ['changed', 'changes'],
  ['added', 'adds'],
] as const;

function toldOf(changes: EditionChanges): string {
  const told = TOLD.filter(([key]) => changes[key].length > 0);
  return told.map(([key, words]) => `; ${words} ${changes[key].join(', ')}`).join('');
}
