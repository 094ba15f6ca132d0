import type { ScanReport } from '../../../../plugins/index.ts';
import {
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../../command-context.ts';
import { UsageError } from '../../../errors.ts';
import { EXIT } from '../../../exit-codes.ts';
import { plainText } from '../../../rendering/plain-text.ts';

interface ScanOptions extends SharedOptions {
  readonly sarif?: boolean;
  readonly osv?: string;
}

/** What a decision ends the command with. */
const EXIT_AFTER = Object.freeze({
  accept: EXIT.completed,
  approve: EXIT.waiting,
  reject: EXIT.blocked,
});

/** `phasegate plugins scan DIR`: what is found in a plugin, without adding it. */
export const scanCommand: CliCommand = {
  register: (plugins, context) => {
    const command = plugins
      .command('scan')
      .summary('say what a plugin asks for, uses and hides')
      .description(
        'Scans the folder of a plugin as adding it would, and writes nothing down. Ends with 0 when it is accepted, 3 when a ' +
          'person has to approve it, 4 when it is rejected, 2 for a folder that cannot be read.',
      )
      .argument('<dir>', 'the folder of the plugin')
      .option('--sarif', 'print SARIF 2.1.0 for code scanning')
      .option(
        '--osv <file>',
        'known weaknesses in the OSV format, in place of the configured file',
      );
    withSharedOptions(command).action((directory: string) =>
      scan(directory, command.optsWithGlobals<ScanOptions>(), context),
    );
  },
};

async function scan(
  directory: string,
  options: ScanOptions,
  { terminal, end }: CommandContext,
): Promise<void> {
  if (options.sarif === true && options.json === true)
    throw new UsageError('Both --sarif and --json were given.', 'Ask for one of the two.');
  const { scanFolder } = await import('../../../../app/index.ts');
  const { describeReport, toSarif } = await import('../../../../plugins/index.ts');
  const report: ScanReport = await scanFolder(loadOptionsFrom(options), directory, options.osv);
  end(EXIT_AFTER[report.decision]);
  if (options.json === true) return terminal.out(JSON.stringify(report));
  if (options.sarif === true) return terminal.out(JSON.stringify(toSarif(report)));
  terminal.out(plainText(describeReport(report)));
}
