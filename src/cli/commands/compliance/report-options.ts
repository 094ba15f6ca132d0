import type { Command } from 'commander';

import type { ReportOrder } from '../../../app/index.ts';
import { withSharedOptions, type SharedOptions } from '../../command-context.ts';
import { UsageError } from '../../errors.ts';
import { plainLine } from '../../rendering/plain-text.ts';

const DAY_MS = 86_400_000;
/** Without --from, so many days are looked at. */
const DEFAULT_DAYS = 90;

/** Options of commands that look at the evidence of a period. */
export interface ReportOptions extends SharedOptions {
  readonly standard?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly evidence?: string;
}

/** Adds the options of commands that look at the evidence of a period. */
export function withReportOptions(command: Command): Command {
  return withSharedOptions(
    command
      .option(
        '--standard <id>',
        'a standard, or a file with a pack of your own; may be given again (default: all that come with Phasegate)',
        (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value],
      )
      .option('--from <date>', `the first day, UTC (default: ${DEFAULT_DAYS} days before the end)`)
      .option('--to <date>', 'the day after the last one, or an instant, UTC (default: now)')
      .option(
        '--evidence <file>',
        'what the trail does not hold: reviews, changes, incidents (TOML or JSON)',
      ),
  );
}

/** Reads those options. @throws UsageError for a date that is none, or a period that ends before it begins. */
export async function orderFrom(options: ReportOptions, keep: boolean): Promise<ReportOrder> {
  const { STANDARD_IDS } = await import('../../../compliance/index.ts');
  const to = options.to === undefined ? new Date().toISOString() : instantFrom(options.to);
  const from =
    options.from === undefined
      ? new Date(Date.parse(to) - DEFAULT_DAYS * DAY_MS).toISOString()
      : instantFrom(options.from);
  if (Date.parse(from) >= Date.parse(to)) {
    throw new UsageError('The period ends before it begins.', 'Give --from a date before --to.');
  }
  const standards = options.standard ?? STANDARD_IDS;
  return { standards, period: { from, to }, evidence: options.evidence, keep };
}

function instantFrom(text: string): string {
  const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;
  const ms = Date.parse(text);
  if (form.test(text) && !Number.isNaN(ms)) return new Date(ms).toISOString();
  throw new UsageError(
    `"${plainLine(text)}" is no date.`,
    'Give a day or an instant in UTC, such as 2026-01-31 or 2026-01-31T18:00:00Z.',
  );
}
