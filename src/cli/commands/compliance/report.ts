import { resolve } from 'node:path';

import type { CliCommand, CommandContext } from '../../command-context.ts';
import { withApp } from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';
import { writeNewFile } from '../../write-new-file.ts';
import { orderFrom, withReportOptions, type ReportOptions } from './report-options.ts';

interface WrittenOptions extends ReportOptions {
  readonly format?: string;
  readonly out?: string;
}

/** `phasegate compliance report --standard ID`: a report for people, or for other programs. */
export const complianceReportCommand: CliCommand = {
  register: (compliance, context) => {
    const command = compliance
      .command('report')
      .summary('write a report on a standard')
      .description(
        'Writes a report: what is not covered first, then each check with what was found, its evidence in the trail, and what a ' +
          'pass cannot say. The numbers are noted down for "compliance history".',
      )
      .option('--format <format>', 'html, md, json or oscal (assessment-results 1.2.1)', 'html')
      .option(
        '--out <file>',
        'the file to write, which must not exist; standard output unless told',
      );
    withReportOptions(command).action((options: WrittenOptions) => report(options, context));
  },
};

async function report(options: WrittenOptions, { terminal }: CommandContext): Promise<void> {
  const { renderReport, REPORT_FORMATS } = await import('../../../reports/index.ts');
  const { makeReports } = await import('../../../app/index.ts');
  const format = REPORT_FORMATS.find((one) => one === options.format);
  if (format === undefined) {
    const known = REPORT_FORMATS.join(', ');
    throw new UsageError(
      `There is no format "${plainLine(options.format ?? '')}".`,
      `Formats: ${known}.`,
    );
  }
  if (options.standard?.length !== 1) {
    throw new UsageError(
      'A report is on one standard.',
      'Give --standard once; "compliance standards" lists them.',
    );
  }
  const order = await orderFrom(options, true);
  await withApp(options, async (app) => {
    const [made] = await makeReports(app, order);
    if (made === undefined) return;
    const text = renderReport(made, format);
    if (options.out !== undefined) await writeNewFile(resolve(options.out), text);
    const { counts } = made.assessment;
    if (options.json === true) {
      terminal.out(JSON.stringify({ id: made.id, format, file: options.out ?? null, counts }));
    } else if (options.out === undefined) terminal.out(text);
    else terminal.out(plainLine(`Written: ${options.out}`));
  });
}
