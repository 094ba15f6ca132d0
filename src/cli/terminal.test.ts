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

test('waiting for output to leave again and again leaves nothing behind on the stream', async () => {
  const [output, error] = [new PassThrough(), new PassThrough()];
  const terminal = createTerminal({ input: new PassThrough(), output, error, colours: false });
  const before = [output, error].map((stream) => stream.listenerCount('error'));
  for (let round = 0; round < 12; round += 1) await terminal.drain();
  expect([output, error].map((stream) => stream.listenerCount('error'))).toEqual(before);
});
