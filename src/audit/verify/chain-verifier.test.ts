import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { signCheckpoint } from '../chain/checkpoint.ts';
import { sealEntry, tellEvent } from '../chain/entry.ts';
import { anEvent, newSigner, openTrail } from '../fixtures/trail.ts';
import { digestOf, genesisOf, linkOf, readEntryLine } from './verifier.ts';
import { verifyChain } from '../verify-chain.ts';

const ENTRIES = 150;
let lines: readonly string[];
let outside: readonly string[];
let publicKey: string;
let origin: string;
/** Entries under the last signature, and after it. */
let covered: number;

beforeAll(async () => {
  const trail = await openTrail();
  for (let run = 0; run < 10; run += 1) {
    for (let step = 0; step < 13; step += 1) {
      const kind = step === 0 ? 'run-started' : 'phase-left';
      await trail.log.append(anEvent(`${run}.${step}`, kind, { run: `run-${run}` }));
    }
    if (run === 9) continue;
    await trail.log.append(anEvent(`${run}.x`, 'gate-verdict', { run: `run-${run}` }));
    await trail.log.append(anEvent(`${run}.y`, 'run-ended', { run: `run-${run}` }));
  }
  for (let more = 0; more < 1; more += 1) await trail.log.append(anEvent(`more.${more}`));
  lines = await trail.exported();
  outside = trail.checkpoints.lines();
  ({ publicKey } = trail.signer);
  ({ origin } = trail.log);
  const report = verifyChain(lines, publicKey, { checkpoints: outside });
  expect(report.ok).toBe(true);
  expect(report.size).toBe(ENTRIES);
  ({ covered } = report);
  await trail.database.close();
});

const isEntry = (line: string): boolean => line.startsWith('{"entry"');
const verify = (changed: readonly string[]) =>
  verifyChain(changed, publicKey, { checkpoints: outside });
/** Puts `entries` in the place of the export's own, with its checkpoints behind them. */
const withEntries = (entries: readonly string[]): readonly string[] => [
  ...entries,
  ...lines.filter((line) => !isEntry(line)),
];
const bodyOf = (line: string): string => line.slice('{"entry":'.length, -153);

/** Links every entry anew, as somebody would who can write everything but has no key. */
function rehashed(bodies: readonly string[]): readonly string[] {
  let previous = genesisOf(origin);
  return bodies.map((text, seq) => {
    const body = text.replace(/"seq":\d+/, `"seq":${seq}`);
    const link = linkOf(previous, digestOf(body));
    const line = `{"entry":${body},"hash":"${link}","previous":"${previous}"}`;
    previous = link;
    return line;
  });
}

const place = fc.nat({ max: 10_000 });

describe('up to the last checkpoint, none is missed:', () => {
  /** Every random edit of the entries, told by the first entry that it touches. */
  const edit = fc.oneof(
    fc.record({
      kind: fc.constant('edit' as const),
      at: place,
      from: place,
      char: fc.constantFrom('x', '7', '"', ' '),
    }),
    fc.record({
      kind: fc.constant('delete' as const),
      at: place,
      from: fc.constant(0),
      char: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: place,
      from: place,
      char: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('swap' as const),
      at: place,
      from: place,
      char: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('cut-head' as const),
      at: place,
      from: fc.constant(0),
      char: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('cut-tail' as const),
      at: place,
      from: fc.constant(0),
      char: fc.constant(''),
    }),
  );
  type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

  function apply({ kind, at, from, char }: Edit, texts: readonly string[]): readonly string[] {
    if (texts.length === 0) return texts;
    const index = at % Math.min(covered, texts.length);
    const other = from % Math.min(covered, texts.length);
    const text = texts[index] ?? '';
    const middle = from % Math.max(text.length, 1);
    switch (kind) {
      case 'edit':
        return texts.with(index, text.slice(0, middle) + char + text.slice(middle + 1));
      case 'delete':
        return texts.toSpliced(index, 1);
      case 'insert':
        return texts.toSpliced(index, 0, texts[other] ?? '');
      case 'swap':
        return texts.with(index, texts[other] ?? '').with(other, text);
      case 'cut-head':
        return texts.slice(index + 1);
      case 'cut-tail':
        return texts.slice(0, index);
    }
  }

  test('edits of the file as it is', () => {
    const entries = lines.filter(isEntry);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const changed = edits.reduce(
          (texts, one) => apply(one, texts),
          entries as readonly string[],
        );
        fc.pre(changed.slice(0, covered).join('\n') !== entries.slice(0, covered).join('\n'));
        expect(verify(withEntries(changed)).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('the same edits with every hash recomputed', () => {
    const bodies = lines.filter(isEntry).map(bodyOf);
    fc.assert(
      fc.property(edit, (one) => {
        const changed = rehashed(apply(one, bodies));
        fc.pre(
          changed.slice(0, covered).join('\n') !== rehashed(bodies).slice(0, covered).join('\n'),
        );
        expect(verify(withEntries(changed)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('a tail that was cut together with its checkpoints', () => {
    fc.assert(
      fc.property(place, (at) => {
        const size = at % covered;
        const kept = lines.filter(isEntry).slice(0, size);
        const signed = lines.filter(
          (line) => !isEntry(line) && !(Number(/"size":(\d+)/.exec(line)?.[1]) > size),
        );
        expect(verify([...kept, ...signed]).faults.map(({ kind }) => kind)).toContain('cut-tail');
      }),
    );
  });

  test('edits of checkpoints', () => {
    const signed = lines.filter((line) => line.startsWith('{"checkpoint"'));
    fc.assert(
      fc.property(place, place, (which, where) => {
        const line = signed[which % signed.length] ?? '';
        const at = where % line.length;
        const changed = line.slice(0, at) + (line[at] === '5' ? '6' : '5') + line.slice(at + 1);
        expect(verify(lines.map((one) => (one === line ? changed : one))).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

test('after the last checkpoint it says what it cannot see', () => {
  const entries = lines.filter(isEntry);
  const report = verify(withEntries(entries.slice(0, covered)));
  expect(report).toMatchObject({ ok: true, size: covered, covered });
  expect(report.unseen.join(' ')).toContain(
    `after the checkpoint at ${covered} were cut off or rewritten`,
  );
});

test('entries that no signature covers are counted', () => {
  const report = verify(lines);
  expect(covered).toBeLessThan(ENTRIES);
  expect(report.unseen.join(' ')).toContain(`${ENTRIES - covered} are here, linked and not signed`);
  expect(report.openRuns).toEqual(['run-1', 'run-9']);
});

test('a wrong key is told', () => {
  const report = verifyChain(lines, newSigner().publicKey);
  expect(report.ok).toBe(false);
  expect(report.faults.map(({ kind }) => kind)).toContain('wrong-key');
});

test('a chain that was put in the place of another is told', async () => {
  await using other = await openTrail();
  await other.log.append(anEvent('1', 'gate-verdict'));
  const replaced = verify(await other.exported());
  expect(replaced.faults.map(({ kind }) => kind)).toContain('foreign');
  const expected = verifyChain(await other.exported(), other.signer.publicKey, { origin });
  expect(expected.faults.map(({ kind }) => kind)).toContain('foreign');
});

test('reads an entry by position as a parser of JSON would, whatever is in it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(',"kind":"', '\\', '","run":"'),
  );
  const names = fc.constantFrom('kind', 'run', 'seq', 'note');
  const facts = fc.dictionary(names, fc.oneof(text, fc.integer(), fc.boolean()));
  fc.assert(
    fc.property(fc.tuple(text, text, text), facts, ([run, target, where], some) => {
      const told = tellEvent(
        anEvent('1', 'phase-left', { run, target, thread: target, facts: some }),
      );
      const stamp = { chain: 'main/1', now: '2026-01-01T00:00:00.000Z', where, repeats: 3 };
      const sealed = sealEntry(told, { size: 41, hash: genesisOf('main/1'), at: '' }, stamp);
      const { body, hash, previous } = sealed;
      const line = `{"entry":${body},"hash":"${hash}","previous":"${previous}"}`;
      const { at, chain, seq } = JSON.parse(body) as Record<string, unknown>;
      const found = { body, hash, previous, at, chain, seq };
      const written = JSON.stringify(run).slice(1, -1);
      expect(readEntryLine(line)).toEqual({ ...found, kind: 'phase-left', run: written });
    }),
  );
});

test('a clock that went back is told, even when everything was signed', () => {
  const { kinds } = signedBackwards();
  expect(kinds).toEqual(['clock-reversal']);
});

test('an export without checkpoints is not trusted', () => {
  expect(verifyChain(lines.filter(isEntry), publicKey).faults.map(({ kind }) => kind)).toEqual([
    'not-signed',
  ]);
});

/** A chain whose owner, key in hand, dates an entry back. */
function signedBackwards() {
  const signer = newSigner();
  const chain = 'main/backwards';
  const stamp = { chain, where: 'test' };
  const start = { size: 0, hash: genesisOf(chain), at: '' };
  const one = sealEntry(tellEvent(anEvent('1')), start, {
    ...stamp,
    now: '2026-01-02T00:00:00.000Z',
  });
  const between = { size: 1, hash: one.hash, at: '' };
  const two = sealEntry(tellEvent(anEvent('2')), between, {
    ...stamp,
    now: '2026-01-01T00:00:00.000Z',
  });
  const time = '2026-01-03T00:00:00.000Z';
  const { line } = signCheckpoint({ origin: chain, size: 2, head: two.hash, time }, signer);
  const entries = [one, two].map(
    ({ body, hash, previous }) => `{"entry":${body},"hash":"${hash}","previous":"${previous}"}`,
  );
  const { faults } = verifyChain([...entries, line], signer.publicKey);
  return { kinds: faults.map(({ kind }) => kind) };
}
