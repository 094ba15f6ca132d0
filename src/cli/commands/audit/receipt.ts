import { resolve } from 'node:path';

import {
  demanded,
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { writeNewFile } from '../../write-new-file.ts';

interface ReceiptOptions extends SharedOptions {
  readonly out?: string;
}

/** `phasegate audit receipt THREAD`: what a customer keeps of a run. */
export const auditReceiptCommand: CliCommand = {
  register: (audit, context) => {
    const command = audit
      .command('receipt')
      .summary('write a signed receipt of the latest run of a thread')
      .description(
        'Writes the entries of the latest run of a thread (digests, verdicts, approvals), how they are linked to a signed ' +
          'checkpoint of the chain, and a signature over the whole. Whoever holds it and the public key can verify it offline, ' +
          'years later: "phasegate audit verify --receipt FILE --key KEY". Of other runs it shows nothing.',
      )
      .argument('<thread>', 'id of a thread')
      .option('--out <file>', 'the file to write, which must not exist');
    withSharedOptions(command).action((thread: string) =>
      run(thread, command.optsWithGlobals<ReceiptOptions>(), context),
    );
  },
};

async function run(
  thread: string,
  options: ReceiptOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const file = resolve(demanded('--out', options.out));
  const { issueThreadReceipt } = await import('../../../app/index.ts');
  const { run: id, receipt } = await issueThreadReceipt(loadOptionsFrom(options), thread);
  await writeNewFile(file, `${receipt}\n`);
  const told = JSON.stringify({ thread, run: id, file });
  terminal.out(options.json === true ? told : `Receipt of run ${id} written to ${file}`);
}
