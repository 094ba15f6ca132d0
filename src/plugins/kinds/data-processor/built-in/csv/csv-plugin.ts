import { z } from 'zod';

import type { JsonValue } from '../../../../../kernel/index.ts';
import { definePlugin } from '../../../../contract/index.ts';
import { pureOperation } from '../../../operation.ts';
import { CsvOptions, CsvReport, CsvState, endCsv, feedCsv, openCsv } from './clean-records.ts';

const Whole = z.strictObject({ text: z.string(), options: CsvOptions.prefault({}) });
const Cleaned = z.strictObject({ text: z.string(), report: CsvReport });
const Opened = z.strictObject({ state: CsvState });
const Chunk = z.strictObject({ state: CsvState, chunk: z.string() });
const Fed = z.strictObject({ state: CsvState, output: z.string() });
const Rest = z.strictObject({ state: CsvState });
const Ended = z.strictObject({ output: z.string(), report: CsvReport });

const EXAMPLE =
  'Order; Customer ;Placed;Amount\r\n1001;"Nordwind; Handel";03.02.2026;1.250,50\r\n1001;"Nordwind; Handel";03.02.2026;1.250,50\r\n1002;Südlicht ;n/a;80\r\n';
const EXAMPLE_OPTIONS = {
  types: { Order: 'integer', Placed: 'date', Amount: 'decimal' },
  decimalSign: ',',
  dateOrder: 'dmy',
} as const;
const opened = openCsv(CsvOptions.parse(EXAMPLE_OPTIONS));
const fed = feedCsv(opened, EXAMPLE);

/** Cleans CSV: delimiters, quotes, blanks, types, formulas and repeated rows, with a report of every change. */
export const csvCleaner = definePlugin({
  manifest: {
    id: 'phasegate.csv-cleaner',
    version: '1.0.0',
    kind: 'data-processor',
    title: 'CSV cleaner',
    description: 'Gives CSV of one form (RFC 4180), typed and without repeated rows.',
    publisher: 'phasegate',
    engines: { phasegate: '*' },
    permissions: {},
    limits: { outputKb: 16_384, wallMs: 30_000 },
    contributes: {
      operations: [
        pureOperation('clean', 'Cleans a whole CSV text.', {
          input: Whole,
          output: Cleaned,
          examples: [{ text: EXAMPLE, options: EXAMPLE_OPTIONS }],
        }),
        pureOperation('open', 'Begins to clean a CSV text that comes in chunks.', {
          input: CsvOptions,
          output: Opened,
          examples: [EXAMPLE_OPTIONS],
        }),
        pureOperation('feed', 'Cleans the next chunk, and gives the state for the one after it.', {
          input: Chunk,
          output: Fed,
          examples: [{ state: opened, chunk: EXAMPLE }],
        }),
        pureOperation('end', 'Cleans what is left, and reports.', {
          input: Rest,
          output: Ended,
          examples: [{ state: fed.state }],
        }),
      ],
    },
  },
  execute: (name, input) => run(name, input),
});

function run(name: string, input: JsonValue): JsonValue {
  if (name === 'open') return { state: openCsv(CsvOptions.parse(input)) };
  if (name === 'feed') {
    const { state, chunk } = Chunk.parse(input);
    const { state: next, text } = feedCsv(state, chunk);
    return { state: next, output: text };
  }
  if (name === 'end') {
    const { text, report } = endCsv(Rest.parse(input).state);
    return { output: text, report };
  }
  const { text, options } = Whole.parse(input);
  const first = feedCsv(openCsv(options), text);
  const last = endCsv(first.state);
  return { text: first.text + last.text, report: last.report };
}
