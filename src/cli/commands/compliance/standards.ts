import type { Standard } from '../../../compliance/index.ts';
import { withSharedOptions, type CliCommand, type SharedOptions } from '../../command-context.ts';
import { table } from '../../rendering/table.ts';

interface StandardsOptions extends SharedOptions {
  readonly print?: string;
  readonly workflow?: string;
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
    command
      .option('--print <id>', 'print the pack of a standard, to be copied and changed')
      .option(
        '--workflow <id>',
        'with --print: as this workflow is asked by it, with the parameters of its trade',
      );
    withSharedOptions(command).action(async (options: StandardsOptions) => {
      const { findStandard, packText, STANDARD_IDS } = await import('../../../compliance/index.ts');
      if (options.print !== undefined) {
        const { print, workflow } = options;
        terminal.out(
          packText(workflow === undefined ? findStandard(print) : await inForce(print, workflow)),
        );
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

/** A standard as a workflow binds it. @throws APP_UNKNOWN_WORKFLOW; COMPLIANCE_UNKNOWN_STANDARD. */
async function inForce(id: string, workflow: string): Promise<Standard> {
  const { describeWorkflow } = await import('../../../app/index.ts');
  const { UnknownStandardError } = await import('../../../compliance/index.ts');
  const standards = describeWorkflow(workflow).compliance?.standards ?? [];
  const bound = standards.find(({ standard }) => standard.id === id);
  if (bound !== undefined) return bound.standard;
  throw new UnknownStandardError(
    id,
    standards.map(({ standard }) => standard.id),
  );
}
