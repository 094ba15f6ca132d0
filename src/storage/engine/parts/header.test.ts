import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { putTogether, readHeader, takeApart } from './index.ts';

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Puts a text that grows by an entry at each step; gives how many bytes all of its parts take. */
function storedBytes(steps: number): { readonly bytes: number; readonly length: number } {
  const stored = new Map<string, Uint8Array>();
  let text = '';
  for (let step = 0; step < steps; step += 1) {
    text = `[${text.slice(1, -1)}{"visit":${step},"said":"${`Größe ${step} `.repeat(80)}"},]`;
    const checkpoint = {
      v: 4,
      id: String(step),
      ts: '',
      channel_values: { history: text },
      channel_versions: { history: step },
      versions_seen: {},
    };
    const taken = takeApart(
      checkpoint,
      { source: 'loop', step, parents: {} },
      { digestOf, newVersions: { history: step }, known: new Map(), scope: 'one' },
    );
    for (const [digest, bytes] of taken.segments) stored.set(digest, bytes);
    const found = putTogether(
      readHeader(taken.header),
      (digest) => stored.get(digest) ?? Buffer.of(),
    );
    expect(found.channel_values).toEqual({ history: text });
  }
  let bytes = 0;
  for (const part of stored.values()) bytes += part.length;
  return { bytes, length: Buffer.byteLength(text) };
}

test('a text that grows is stored by what is added to it, not as a whole at each step', () => {
  const { bytes, length } = storedBytes(200);
  expect(length).toBeGreaterThan(150_000);
  expect(bytes).toBeLessThan(8 * length);
});
