import { PassThrough } from 'node:stream';

import { expect, test } from 'vitest';

import { createTerminal } from './terminal.ts';

test.each([
  [0, 80],
  [Number.NaN, 80],
  [undefined, 100],
  [72, 72],
  [400, 120],
])('a terminal of %s columns is written %d wide', (columns, width) => {
  const output = Object.assign(new PassThrough(), columns === undefined ? {} : { columns });
  const streams = { input: new PassThrough(), output, error: new PassThrough() };
  expect(createTerminal({ ...streams, colours: false }).width).toBe(width);
  // Prompts and lists ask the stream.
  if (columns !== undefined && !(columns > 0)) expect(output).toMatchObject({ columns: 80 });
});
