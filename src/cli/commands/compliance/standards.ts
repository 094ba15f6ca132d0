import { withSharedOptions, type CliCommand, type SharedOptions } from '../../command-context.ts';
import { table } from '../../rendering/table.ts';

interface StandardsOptions extends SharedOptions {
  readonly print?: string;
}

/** `phasegate compliance standards`: the standards that come with Phasegate. */
export const complianceStandardsCommand: CliCommand = {
  register: (compliance, { terminal }) => {
    const command = compliance
      .command('standards')
      .summary('list the standards that come with Phasegate')
      .description(
        'Lists the packs of checks that come with Phasegate. A pack of your own is a file: begin with a copy (--print custom).',
      );
    command.option('--print <id>', 'print the pack of a standard, to be copied and changed');
    withSharedOptions(command).action(async (options: StandardsOptions) => {
      const { findStandard, packText, STANDARD_IDS } = await import('../../../compliance/index.ts');
      if (options.print !== undefined) {
        terminal.out(packText(findStandard(options.print)));
        return;
      }
      const standards = STANDARD_IDS.map((id) => {
        const { title, version, digest, checks, extent } = findStandard(id);
        return { id, title, version, digest, checks: checks.length, extent };
      });
      if (options.json === true) {
        terminal.out(JSON.stringify({ standards }));
        return;
      }
      const rows = standards.map(({ id, title, checks, version }) => [
        id,
        title,
        String(checks),
        version,
      ]);
      const { paint, width } = terminal;
      terminal.out(
        table(['Id', 'Title', 'Checks', 'Version'], rows, {
          width,
          whole: [0],
          head: paint.dim,
          rule: paint.dim,
        }),
      );
    });
  },
};
