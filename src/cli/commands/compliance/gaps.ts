import { withApp, type CliCommand, type CommandContext } from '../../command-context.ts';
import { hanging } from '../../rendering/hanging.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { orderFrom, withReportOptions, type ReportOptions } from './report-options.ts';

/** `phasegate compliance gaps`: what is open, and what to do next. */
export const complianceGapsCommand: CliCommand = {
  register: (compliance, context) => {
    const command = compliance
      .command('gaps')
      .summary('what is open, and what to do next')
      .description(
        'Lists what is not satisfied, what could not be decided and why, and what only a person can answer.',
      );
    withReportOptions(command).action((options: ReportOptions) => gaps(options, context));
  },
};

async function gaps(options: ReportOptions, { terminal }: CommandContext): Promise<void> {
  const { makeReports } = await import('../../../app/index.ts');
  const { gapSentence, gapsOf, OUTCOME_WORDS } = await import('../../../reports/index.ts');
  const order = await orderFrom(options, false);
  await withApp(options, async (app) => {
    const found = (await makeReports(app, order)).map(({ assessment }) => ({
      standard: assessment.standard.id,
      gaps: gapsOf(assessment),
    }));
    if (options.json === true) {
      terminal.out(JSON.stringify({ period: order.period, standards: found }));
      return;
    }
    const { paint, width } = terminal;
    for (const { standard, gaps: open } of found) {
      terminal.out(paint.bold(plainLine(`${standard}: ${open.length} open`)));
      for (const gap of open) {
        const { check, controls, outcome } = gap;
        const text = `${check} (${controls.join(', ')}) ${OUTCOME_WORDS[outcome]}: ${gapSentence(gap)}`;
        const mark = outcome === 'not-satisfied' ? paint.bad('✖') : '·';
        terminal.out(hanging(`  ${mark} `, plainLine(text), width));
      }
    }
  });
}
