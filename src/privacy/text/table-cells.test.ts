import fc from 'fast-check';
import { expect, test } from 'vitest';

import * as identifiers from '../fixtures/identifiers.ts';
import { scanText } from '../index.ts';

const ROWS = 60;
/** How a table is written: its first lines, and a row. */
const TABLES: ReadonlyMap<string, readonly [string, (cells: readonly string[]) => string]> =
  new Map([
    ['commas', ['city,routing number,note\n', (cells) => `${cells.join(',')}\n`]],
    ['tabs', ['city\trouting number\tnote\r\n', (cells) => `${cells.join('\t')}\r\n`]],
    ['quotes', ['"city";"routing number";"note"\n', (cells) => `"${cells.join('";"')}"\n`]],
    [
      'Markdown',
      [
        '| city | routing number | note |\n| --- | :-: | --- |\n',
        (cells) => `| ${cells.join(' | ')} |\n`,
      ],
    ],
    [
      'a grid',
      [
        '+-----+-----+-----+\n| city | routing number | note |\n+-----+-----+-----+\n',
        (cells) => `| ${cells.join(' | ')} |\n`,
      ],
    ],
    ['nothing else', ['Routing numbers:\n', ([, number = '']) => `${number}\n`]],
  ]);
const found = (text: string): readonly string[] =>
  scanText(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);

test.each([...TABLES])(
  'the name of a column announces each cell below it: %s',
  (_name, [head, row]) => {
    fc.assert(
      fc.property(
        fc.array(identifiers.routingNumbers, { minLength: ROWS, maxLength: ROWS }),
        (numbers) => {
          const text = head + numbers.map((number) => row(['Springfield', number, 'ok'])).join('');
          expect(found(text)).toEqual(numbers.map((number) => `ABA_ROUTING_NUMBER ${number}`));
        },
      ),
      { numRuns: 20 },
    );
  },
);

test('a column says nothing of what stands beside it', () => {
  const text = 'order,account number\n12345678,87654321\n12345679,87654320\n';
  expect(found(text)).toEqual(['US_BANK_NUMBER 87654321', 'US_BANK_NUMBER 87654320']);
});

test('what a row says itself holds for its cells without a name that says something', () => {
  expect(found('kind,value\npassport,C01234567\nphone,2125550123\n')).toEqual([
    'US_PASSPORT C01234567',
    'PHONE_NUMBER 2125550123',
  ]);
});

test('what is quoted may hold separators, and ends of lines', () => {
  const text = 'name,account number\n"Bell, Anna",87654321\n"two\nlines",87654320\nBo,87654329\n';
  const far = text.replace('Bo', `${'x,\n'.repeat(2)}${'Bo'.padEnd(200, 'b')}`);
  expect(found(far)).toEqual([
    'US_BANK_NUMBER 87654321',
    'US_BANK_NUMBER 87654320',
    'US_BANK_NUMBER 87654329',
  ]);
});

test('a table in a text of JSON is one as well, and may have a separator at the end of a row', () => {
  const rows = Array.from({ length: ROWS }, () => 'Springfield,1234567893');
  const table = `city,NPI\n${rows.join(',\n')}`;
  expect(scanText(JSON.stringify({ kind: 'export', table }))).toHaveLength(ROWS);
  expect(scanText(JSON.stringify({ table: table.replaceAll(',', '\t') }))).toHaveLength(ROWS);
});

test('a blank line ends a table', () => {
  const text = `id,passport\n1,C01234567\n2,C01234568\n\n${'x'.repeat(90)}\n3,C01234569\n`;
  expect(found(text)).toEqual(['US_PASSPORT C01234567', 'US_PASSPORT C01234568']);
});
