import {
  withApp,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../command-context.ts';
import { table } from '../../rendering/table.ts';

interface HistoryOptions extends SharedOptions {
  readonly standard?: string;
}

/** `phasegate compliance history`: how the numbers of reports went. */
export const complianceHistoryCommand: CliCommand = {
  register: (compliance, { terminal }) => {
    const command = compliance
      .command('history')
      .summary('how the numbers of reports went')
      .description('Lists the reports that were written here, oldest first, with their numbers.')
      .option('--standard <id>', 'only reports on this standard');
    withSharedOptions(command).action(async (options: HistoryOptions) => {
      const { keptReports } = await import('../../../app/index.ts');
      const { OUTCOME_WORDS, OUTCOMES } = await import('../../../reports/index.ts');
      await withApp(options, async ({ config }) => {
        const reports = (await keptReports(config.dataDir)).filter(
          ({ standard }) => options.standard === undefined || standard === options.standard,
        );
        if (options.json === true) {
          terminal.out(JSON.stringify({ reports }));
          return;
        }
        if (reports.length === 0) {
          terminal.out(
            'No report was written yet: phasegate compliance report --standard ID --out FILE',
          );
          return;
        }
        const rows = reports.map(({ assessedAt, standard, counts }) => [
          assessedAt.slice(0, 16).replace('T', ' '),
          standard,
          ...OUTCOMES.map((outcome) => String(counts[outcome])),
        ]);
        const heads = [
          'Assessed',
          'Standard',
          ...OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome]),
        ];
        const { paint, width } = terminal;
        terminal.out(
          table(heads, rows, { width, whole: [0, 1], head: paint.dim, rule: paint.dim }),
        );
      });
    });
  },
};
