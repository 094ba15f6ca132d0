import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { JsonValue } from '../../../kernel/index.ts';
import { CsvOptions, endCsv, feedCsv, openCsv } from './built-in/csv/clean-records.ts';
import { CELL_TYPES, typedCell } from './built-in/csv/cell-types.ts';
import { csvCleaner, jsonCleaner, streamThrough } from './index.ts';

const noHost = {} as never;
const run = async (
  plugin: typeof csvCleaner,
  operation: string,
  input: JsonValue,
): Promise<JsonValue> => (await plugin.module?.execute(operation, input, noHost)) ?? null;

const clean = async (text: string, options: JsonValue = {}): Promise<JsonValue> =>
  await run(csvCleaner, 'clean', { text, options });

const ORDERS = [
  'Order;Customer;E-Mail;Placed;Amount;Paid',
  ' 01001 ;"Nordwind; Handel";Info@NORDWIND.example;03.02.2026;"1.250,50";yes',
  '1002;"Süd ""licht""\nGmbH";kontakt@suedlicht;30.02.2026;80;no',
  '',
  '1003;=HYPERLINK("http://evil.example");n/a;2026-02-05;-3,5;x',
  ' 01001 ;"Nordwind; Handel";Info@NORDWIND.example;03.02.2026;"1.250,50";yes',
  '1004;Short row',
  '1005;Too;many;cells;1;no;more',
].join('\r\n');
const OPTIONS = {
  decimalSign: ',',
  dateOrder: 'dmy',
  types: {
    Order: 'integer',
    'E-Mail': 'email',
    Placed: 'date',
    Amount: 'decimal',
    Paid: 'boolean',
  },
} as const;

test('cleans an export of a shop: quotes, types, formulas, repeated and short rows', async () => {
  const cleaned = await clean(ORDERS, OPTIONS);
  expect(cleaned).toMatchObject({
    text: [
      'Order,Customer,E-Mail,Placed,Amount,Paid',
      '1001,Nordwind; Handel,Info@nordwind.example,2026-02-03,1250.50,true',
      '1002,"Süd ""licht""\nGmbH",kontakt@suedlicht,30.02.2026,80,false',
      `1003,"'=HYPERLINK(""http://evil.example"")",,2026-02-05,-3.5,x`,
      '1004,Short row,,,,',
      '',
    ].join('\r\n'),
    report: {
      delimiter: ';',
      rowsIn: 6,
      rowsOut: 4,
      duplicates: 1,
      dropped: 1,
      reshaped: 1,
      disarmed: 1,
      emptied: 1,
      badCells: 3,
      problems: [
        { line: 3, column: 'E-Mail', why: 'it is no email' },
        { line: 3, column: 'Placed', why: 'it is no date' },
        { line: 6, column: 'Paid', why: 'it is no boolean' },
        { line: 9, column: '', why: 'it has 7 cells, and the header has 6' },
      ],
    },
  });
});

test('drops or empties cells that are not of their type, as it is told', async () => {
  const text = 'n\n1\nx\n';
  const types = { n: 'integer' };
  expect(await clean(text, { types, badCells: 'drop-row' })).toMatchObject({ text: 'n\r\n1\r\n' });
  expect(await clean(text, { types, badCells: 'empty' })).toMatchObject({
    text: 'n\r\n1\r\n""\r\n',
  });
});

test('tells repeated rows by the columns that it is given', async () => {
  const text = 'id,name\n1,a\n1,b\n2,a\n';
  expect(await clean(text, { duplicates: ['id'] })).toMatchObject({ report: { rowsOut: 2 } });
  expect(await clean(text)).toMatchObject({ report: { rowsOut: 3 } });
});

const cells = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('1,5', '"', '""', ' ', '\r\n', '\n', '\r', ',', ';', '=1', '-', '\uFEFF', 'n/a'),
);
const texts = fc.array(cells, { maxLength: 30 }).map((parts) => parts.join(''));

test('gives the same however a text is cut', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(200)), (text, cuts) => {
      const whole = feedCsv(openCsv(CsvOptions.parse({})), text);
      const last = endCsv(whole.state);
      const characters = [...text];
      const at = [...new Set(cuts), characters.length].toSorted((one, other) => one - other);
      let state = openCsv(CsvOptions.parse({}));
      let out = '';
      let from = 0;
      for (const to of at) {
        const fed = feedCsv(state, characters.slice(from, to).join(''));
        [state, out, from] = [fed.state, out + fed.text, Math.max(from, to)];
      }
      const ended = endCsv(state);
      expect(out + ended.text).toBe(whole.text + last.text);
      expect(ended.report).toEqual(last.report);
    }),
    { numRuns: 200 },
  );
});

test('finds nothing more to change in what it has cleaned', async () => {
  const once = (await clean(ORDERS, OPTIONS)) as { text: string };
  const types = OPTIONS.types;
  const twice = (await clean(once.text, { types })) as { text: string };
  expect(twice.text).toBe(once.text);
});

test('writes a value of a type in one way, which is of that type again', () => {
  const settings = { decimalSign: '.', dateOrder: 'ymd' } as const;
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.constantFrom(...CELL_TYPES), (cell, type) => {
      const once = typedCell(cell, type, settings);
      if (once !== undefined) expect(typedCell(once, type, settings)).toBe(once);
    }),
  );
});

test('takes a comma for the sign of groups or of decimals, and not for both', () => {
  const cell = (text: string, decimalSign: '.' | ','): string | undefined =>
    typedCell(text, 'decimal', { decimalSign, dateOrder: 'ymd' });
  expect(cell('1,250.5', '.')).toBe('1250.5');
  expect(cell('1.250,5', ',')).toBe('1250.5');
  expect(cell('1,25', '.')).toBeUndefined();
  expect(cell('\u22120,00', ',')).toBe('0.00');
});

test('cleans JSON: names, types, blanks and what is empty', async () => {
  const cleaned = await run(jsonCleaner, 'clean', {
    value: {
      OrderId: ' 7 ',
      'Customer Name': 'Su\u0308dlicht ',
      note: '',
      lines: [{ Amount: '12.50' }, { Amount: '0x10' }, null],
    },
    options: {
      keys: 'camel',
      dropEmpty: true,
      dropNulls: true,
      types: { orderId: 'integer', 'lines[].amount': 'number' },
    },
  });
  expect(cleaned).toMatchObject({
    value: {
      customerName: 'S\u00FCdlicht',
      lines: [{ amount: 12.5 }, { amount: '0x10' }],
      orderId: 7,
    },
    report: { dropped: 2, problems: [{ path: 'lines[].amount', why: 'it is no number' }] },
  });
});

test('keeps both of two names that would become one', async () => {
  const value = { first_name: 1, firstName: 2 };
  const cleaned = await run(jsonCleaner, 'clean', { value, options: { keys: 'camel' } });
  expect(cleaned).toMatchObject({ value });
});

test('streams JSON Lines and names the lines that are none', async () => {
  const executor = {
    execute: async ({ operation, input }: { operation: string; input: JsonValue }) => ({
      output: await run(jsonCleaner, operation, input),
      operation,
      digest: jsonCleaner.digest,
      usage: { wallMs: 0, outputBytes: 0 },
      repeated: false,
    }),
  };
  const order = { plugin: jsonCleaner.manifest.id, caller: { id: 'x', roles: [] } };
  const stream = streamThrough(executor, order, ['{"a":" 1', ' "}\nbad\n', '{"a":2}']);
  const outputs: JsonValue[] = [];
  let next = await stream.next();
  for (; next.done !== true; next = await stream.next()) outputs.push(next.value);
  expect(outputs.filter((output) => output !== '')).toEqual(['{"a":"1"}\n', '{"a":2}\n']);
  expect(next.value).toMatchObject({ values: 2, badLines: [{ line: 2, why: 'it is no JSON' }] });
});
