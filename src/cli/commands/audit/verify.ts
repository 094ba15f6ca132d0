import { counted } from '../../../kernel/index.ts';
import type { Unrecorded } from '../../../app/index.ts';
import type { ChainReport, ReceiptReport, TrailReport } from '../../../audit/index.ts';
import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { EXIT } from '../../exit-codes.ts';
import { hanging } from '../../rendering/hanging.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import type { Terminal } from '../../terminal.ts';
import { withTrail } from './with-trail.ts';

interface VerifyOptions extends SharedOptions {
  readonly file?: string;
  readonly receipt?: string;
  readonly key?: string;
  readonly checkpoints?: string;
}

/** `phasegate audit verify`: whether what was recorded was changed. */
export const auditVerifyCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('verify')
      .summary('say whether the trail was changed, and where')
      .description(
        'Verifies every chain of the data folder against its signed checkpoints, and compares the chains with the registry. ' +
          'With --file or --receipt it verifies that file alone, offline; "phasegate-verify" does the same without the rest of ' +
          'this program. It says what it cannot see. Ends with 0 when nothing is wrong, with 4 when something is.',
      )
      .option('--file <export>', 'verify an export or an archive instead of the data folder')
      .option('--receipt <file>', 'verify the receipt of a run')
      .option('--key <file>', 'public key in PEM form (default: the one in the data folder)')
      .option('--checkpoints <file>', 'with --file: the checkpoint file that was kept outside');
    withSharedOptions(command).action(() =>
      verify(command.optsWithGlobals<VerifyOptions>(), context),
    );
  },
};

async function verify(options: VerifyOptions, context: CommandContext): Promise<void> {
  const { file, receipt, key, checkpoints } = options;
  if (file !== undefined && receipt !== undefined) {
    throw new UsageError('Both --file and --receipt were given.', 'Verify one at a time.');
  }
  if (file === undefined && receipt === undefined) return verifyFolder(options, context);
  if (key === undefined) {
    throw new UsageError(
      'The option --key is missing.',
      'Give the public key that the file was signed with; one that came with the file proves nothing.',
    );
  }
  const { verifyExportFile, verifyReceiptFile } = await import('../../../app/index.ts');
  if (receipt !== undefined) {
    return tellReceipt(await verifyReceiptFile({ file: receipt, key }), options, context);
  }
  const report = await verifyExportFile({ file: file ?? '', key, checkpoints });
  if (!told(report, options, context)) tellChain(file ?? '', report, context.terminal);
}

async function verifyFolder(options: VerifyOptions, context: CommandContext): Promise<void> {
  const { compareWithStore, readKey } = await import('../../../app/index.ts');
  const { verifyTrail } = await import('../../../audit/index.ts');
  const report = await withTrail(options, async (trail) => {
    const { database, paths, checkpoints } = trail;
    const publicKey = await readKey(options.key ?? paths.publicKey);
    const found = await verifyTrail(database, { publicKey, checkpoints });
    return { ...found, unrecorded: await compareWithStore(trail) };
  });
  const { terminal } = context;
  if (told(report, options, context)) return;
  for (const chain of report.chains) tellChain(chain.name, chain, terminal);
  tellRegistry(report, terminal);
  tellBegunAnew(report, terminal);
  tellUnrecorded(report.unrecorded, terminal);
  if (options.key !== undefined) return;
  const advice =
    'The key was taken from the data folder: whoever could change the trail could change it too. Name one that you have kept with --key.';
  terminal.out(hanging('  · ', advice, terminal.width));
}

/** Sets the exit code, and prints the report where JSON is asked for. */
function told(
  report: { readonly ok: boolean },
  { json }: SharedOptions,
  { terminal, end }: CommandContext,
): boolean {
  end(report.ok ? EXIT.completed : EXIT.blocked);
  if (json === true) terminal.out(JSON.stringify(report));
  return json === true;
}

function tellChain(name: string, report: ChainReport, terminal: Terminal): void {
  const { ok, covered, size, faults, openRuns, unseen } = report;
  const { paint, width } = terminal;
  const mark = ok ? paint.good('✔') : paint.bad('✖');
  const state = ok ? 'nothing was changed' : 'something is wrong';
  terminal.out(
    `${mark} ${paint.bold(plainLine(name))}: ${state}; ${counted(size, 'entry', 'entries')}, signed up to ${covered}`,
  );
  for (const { seq, kind, message } of faults.slice(0, 20)) {
    terminal.out(hanging('  ', `${paint.bad(`entry ${seq}`)} ${kind}: ${message}`, width));
  }
  if (faults.length > 20) terminal.out(`  and ${faults.length - 20} more`);
  if (openRuns.length > 0) terminal.out(`  runs without an end: ${openRuns.length}`);
  terminal.out(paint.dim('  What this cannot see:'));
  for (const text of unseen) terminal.out(hanging('  · ', text, width));
}

function tellRegistry({ missing, unlisted }: TrailReport, terminal: Terminal): void {
  const { paint } = terminal;
  for (const origin of missing) {
    terminal.out(`${paint.bad('✖')} The chain ${plainLine(origin)} was begun and is gone.`);
  }
  for (const origin of unlisted) {
    terminal.out(`${paint.bad('✖')} The chain ${plainLine(origin)} is not in the registry.`);
  }
}

/** A warning: a state may be gone because it expired or was erased on purpose. */
function tellBegunAnew({ begunAnew }: TrailReport, terminal: Terminal): void {
  const { paint, width } = terminal;
  for (const { thread, seq, before } of begunAnew) {
    const text =
      `Thread ${plainLine(thread)} was begun anew with entry ${seq} although it had come to entry ${before}: its state was gone. ` +
      'If that was on purpose, say so on record: "phasegate fork THREAD --from CHECKPOINT", with the newest of "phasegate history THREAD".';
    terminal.out(hanging(`${paint.attention('!')} `, text, width));
  }
}

/** A warning: who else writes threads is not for the trail to know. */
function tellUnrecorded(unrecorded: Unrecorded, terminal: Terminal): void {
  const { paint, width } = terminal;
  const mark = `${paint.attention('!')} `;
  if (unrecorded.kind === 'unknown') {
    terminal.out(
      hanging(mark, `The store of the threads was not compared (${unrecorded.code}).`, width),
    );
    return;
  }
  const { threads, missing } = unrecorded;
  const name = (names: readonly string[], what: string): void => {
    if (names.length === 0) return;
    const some = names.slice(0, 10).map(plainLine).join(', ');
    terminal.out(
      hanging(mark, `${counted(names.length, 'thread')} ${what.replace('%', some)}`, width),
    );
  };
  name(
    threads,
    'of the state store nowhere in the trail (%): another program wrote them, another machine keeps their trail, or the trail was replaced.',
  );
  name(
    missing,
    'of the trail missing in the state store (%): it was emptied, or another one keeps them. "phasegate show THREAD" says how to go on.',
  );
}

function tellReceipt(report: ReceiptReport, options: VerifyOptions, context: CommandContext): void {
  if (told(report, options, context)) return;
  const { terminal } = context;
  const { paint } = terminal;
  const { ok, run, entries, complete, signedAt, problems } = report;
  const mark = ok ? paint.good('✔') : paint.bad('✖');
  const extent = complete ? 'the whole run' : 'a part of the run, which had not ended or goes on';
  terminal.out(
    `${mark} ${paint.bold(plainLine(run))}: ${counted(entries.length, 'entry', 'entries')}, ${extent}; signed ${signedAt}`,
  );
  for (const problem of problems) terminal.out(`  ${paint.bad(problem)}`);
}
