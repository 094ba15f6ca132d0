import { withApp, type CliCommand, type CommandContext } from '../../command-context.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { table } from '../../rendering/table.ts';
import { orderFrom, withReportOptions, type ReportOptions } from './report-options.ts';

/** `phasegate compliance status`: how many checks of each standard ended how. */
export const complianceStatusCommand: CliCommand = {
  register: (compliance, context) => {
    const command = compliance
      .command('status')
      .summary('how the checks of each standard end now')
      .description('Counts, for each standard, how its checks end on the evidence of the period.');
    withReportOptions(command).action((options: ReportOptions) => status(options, context));
  },
};

async function status(options: ReportOptions, { terminal }: CommandContext): Promise<void> {
  const { makeReports } = await import('../../../app/index.ts');
  const { coverageSentence, editionSentence, OUTCOME_WORDS, OUTCOMES } =
    await import('../../../reports/index.ts');
  const order = await orderFrom(options, false);
  await withApp(options, async (app) => {
    const reports = await makeReports(app, order);
    if (options.json === true) {
      const standards = reports.map(({ assessment, lacking, editions }) => ({
        standard: assessment.standard.id,
        counts: assessment.counts,
        notCovered: assessment.notCovered,
        lacking,
        editions,
      }));
      terminal.out(JSON.stringify({ period: order.period, trail: reports[0]?.trail, standards }));
      return;
    }
    const rows = reports.map(({ assessment: { standard, counts } }) => [
      standard.id,
      ...OUTCOMES.map((outcome) => String(counts[outcome])),
    ]);
    const heads = ['Standard', ...OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome])];
    const { paint, width } = terminal;
    terminal.out(table(heads, rows, { width, whole: [0], head: paint.dim, rule: paint.dim }));
    for (const { assessment, editions } of reports)
      for (const edition of editions)
        terminal.out(plainLine(editionSentence(edition, assessment.standard)));
    for (const { assessment } of reports)
      terminal.out(
        paint.dim(plainLine(`${assessment.standard.id}: ${coverageSentence(assessment)}`)),
      );
    const [first] = reports;
    if (first?.trail.ok === false)
      terminal.out(
        `${paint.bad('✖')} The audit trail does not verify: run "phasegate audit verify".`,
      );
  });
}
