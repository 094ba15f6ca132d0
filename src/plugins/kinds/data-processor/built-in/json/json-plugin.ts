import { z } from 'zod';

import type { JsonValue } from '../../../../../kernel/index.ts';
import { definePlugin } from '../../../../contract/index.ts';
import { pureOperation } from '../../../operation.ts';
import { cleanValue, JsonOptions, JsonReport, NO_CHANGES } from './clean-value.ts';

const Line = z.strictObject({ line: z.int().positive(), why: z.string() });
const LinesReport = z.strictObject({
  ...JsonReport.shape,
  /** Lines that are no JSON and were left out, the first hundred. */
  badLines: z.array(Line),
});
const State = z.strictObject({
  options: JsonOptions,
  pending: z.string(),
  lines: z.int().nonnegative(),
  report: LinesReport,
});
type State = z.infer<typeof State>;

const Whole = z.strictObject({ value: z.json(), options: JsonOptions.prefault({}) });
const Cleaned = z.strictObject({ value: z.json(), report: JsonReport });
const Opened = z.strictObject({ state: State });
const Chunk = z.strictObject({ state: State, chunk: z.string() });
const Fed = z.strictObject({ state: State, output: z.string() });
const Ended = z.strictObject({ output: z.string(), report: LinesReport });

const MAX_BAD_LINES = 100;
const EXAMPLE = {
  value: {
    OrderId: ' 1001 ',
    customer_name: 'Südlicht  ',
    note: '',
    lines: [{ Amount: '12.50' }, { Amount: 'twelve' }],
  },
  options: {
    keys: 'camel',
    dropEmpty: true,
    types: { orderId: 'integer', 'lines[].amount': 'number' },
  },
} as const;
const EXAMPLE_LINES = '{"Id":" 1 "}\n{"Id":"2"}\nnot json\n{"Id":"3"}';
const opened = open({ types: { Id: 'integer' } });
const fed = feed(opened, EXAMPLE_LINES);

/** Cleans JSON: blanks, text forms, names and order of keys, types, empty members; whole values or JSON Lines in chunks. */
export const jsonCleaner = definePlugin({
  manifest: {
    id: 'phasegate.json-cleaner',
    version: '1.0.0',
    kind: 'data-processor',
    title: 'JSON cleaner',
    description: 'Gives JSON of one form, with a report of every change.',
    publisher: 'phasegate',
    engines: { phasegate: '*' },
    permissions: {},
    limits: { outputKb: 16_384, wallMs: 30_000 },
    contributes: {
      operations: [
        pureOperation('clean', 'Cleans a JSON value.', {
          input: Whole,
          output: Cleaned,
          examples: [EXAMPLE],
        }),
        pureOperation('open', 'Begins to clean JSON Lines that come in chunks.', {
          input: JsonOptions,
          output: Opened,
          examples: [EXAMPLE.options],
        }),
        pureOperation('feed', 'Cleans the next chunk, and gives the state for the one after it.', {
          input: Chunk,
          output: Fed,
          examples: [{ state: opened, chunk: EXAMPLE_LINES }],
        }),
        pureOperation('end', 'Cleans what is left, and reports.', {
          input: Opened,
          output: Ended,
          examples: [{ state: fed.state }],
        }),
      ],
    },
  },
  execute: (name, input) => run(name, input),
});

function run(name: string, input: JsonValue): JsonValue {
  if (name === 'open') return { state: open(input) };
  if (name === 'feed') {
    const { state, chunk } = Chunk.parse(input);
    return feed(state, chunk);
  }
  if (name === 'end') {
    const { state } = Opened.parse(input);
    const last = feed(state, state.pending === '' ? '' : '\n');
    return { output: last.output, report: last.state.report };
  }
  const { value, options } = Whole.parse(input);
  return { ...cleanValue(value, options, NO_CHANGES) };
}

function open(options: JsonValue): State {
  const report = { ...NO_CHANGES, problems: [], badLines: [] };
  return { options: JsonOptions.parse(options), pending: '', lines: 0, report };
}

function feed(state: State, chunk: string): { readonly state: State; readonly output: string } {
  const lines = (state.pending + chunk).split('\n');
  const pending = lines.pop() ?? '';
  let { report } = state;
  let output = '';
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = parsed(line);
    if (value === undefined)
      report = withBadLine(report, { line: state.lines + index + 1, why: 'it is no JSON' });
    else {
      const cleaned = cleanValue(value.json, state.options, report);
      report = { ...report, ...cleaned.report };
      output += `${JSON.stringify(cleaned.value)}\n`;
    }
  }
  return { state: { ...state, pending, lines: state.lines + lines.length, report }, output };
}

function withBadLine(report: State['report'], line: z.infer<typeof Line>): State['report'] {
  const { badLines } = report;
  return badLines.length < MAX_BAD_LINES ? { ...report, badLines: [...badLines, line] } : report;
}

function parsed(line: string): { readonly json: JsonValue } | undefined {
  try {
    return { json: JSON.parse(line) as JsonValue };
  } catch {
    // A line that is no JSON is reported by its number: the rest of the file is still of use.
    return undefined;
  }
}
