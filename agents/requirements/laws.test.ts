import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { requirementsFreeOfIdentifiers } from './checks/requirements-free-of-identifiers.ts';
import { requirementsSourced } from './checks/requirements-sourced.ts';
import { readBrief } from './testing/run-requirements.ts';

const LINES = [
  '# Spring',
  '## Objective',
  '## Audience',
  '## Offer',
  '## Must say',
  '## Must not say',
  '## Dates',
  '## Sender',
  '',
  '',
  '> quoted',
  '---',
  '- Gardeners: people',
  '- 20 % off spades',
  '* 25 % off **all** spades until 3 May 2027',
  '"never cheap"',
  'Offer: free _spade_ | bucket',
  'We want to sell 400 spades. Do not mention "cheap".',
  '| a | b |',
  '| - | - |',
  '| Friday, 3 May 2027 | Offer ends |',
  'Exclude: Students',
  '<!-- hidden -->',
  '<script>x</script>',
  '```',
  'SSN 078-05-1120',
  'card 4111 1111 1111 1111',
  'mail jane.sample@private.example.com',
  'The sender is Sample Ltd, 1 Example Street, sample@example.com',
  '\u202edekcah\u202c',
  '[a](https://example.com) ![b](c)',
  '  - deep',
  '1. one',
  'Ziel: Spaten verkaufen',
  'bis zum 30. Juni 2027',
  '03/04/2027',
  '31 April',
  '😀 emoji',
  '\ud83d',
  '\u0000',
  '\r\n',
  'Tone: calm; loud',
];
const briefs = fc
  .array(fc.oneof(fc.constantFrom(...LINES), fc.string({ unit: 'binary', maxLength: 30 })), {
    minLength: 1,
    maxLength: 25,
  })
  .chain((lines) => fc.constantFrom('\n', '\n\n', '\r\n', ' ').map((end) => lines.join(end)))
  .filter((brief) => brief !== '');

const signal = new AbortController().signal;

test('every fact of every brief is supported by the place it cites, and free of identifiers', async () => {
  await fc.assert(
    fc.asyncProperty(briefs, async (brief) => {
      const facts = { input: { brief }, artifacts: { requirements: await readBrief(brief) } };
      expect(requirementsSourced.evaluate(facts, signal)).toMatchObject({ outcome: 'pass' });
      expect(requirementsFreeOfIdentifiers.evaluate(facts, signal)).toMatchObject({
        outcome: 'pass',
      });
    }),
    { numRuns: 300 },
  );
});

test('the same brief gives the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(briefs, async (brief) => {
      expect(JSON.stringify(await readBrief(brief))).toBe(JSON.stringify(await readBrief(brief)));
    }),
    { numRuns: 50 },
  );
});

test('whatever is missing or contradicts itself is asked exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(briefs, async (brief) => {
      const { missing, contradictions, questions } = await readBrief(brief);
      expect(questions).toHaveLength(missing.length + contradictions.length);
      expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    }),
    { numRuns: 200 },
  );
});

test('any text at all is read without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), async (brief) => {
      expect((await readBrief(brief)).questions.length).toBeGreaterThan(0);
    }),
  );
});

describe('a changed fact changes what depends on it, and nothing else', () => {
  const brief = (offer: string): string =>
    `## Objective\nSell spades.\n\n## Audience\n- Gardeners\n\n## Key messages\n- Made of steel.\n\n## Offer\n${offer}\n`;

  test('another offer leaves every other field as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z]{3,12}( [a-z]{3,12}){0,5}$/), async (words) => {
        const one = await readBrief(brief('A bucket with every spade'));
        const other = await readBrief(brief(words));
        expect({ ...other, offer: null }).toEqual({ ...one, offer: null });
        expect(other.offer?.text).toBe(words);
      }),
      { numRuns: 50 },
    );
  });
});

const MEBIBYTE = 2 ** 20;
test.each([
  '#',
  '[',
  'a: ',
  '> ',
  '- ',
  '- a\n',
  '*',
  '_a',
  '|a',
  '<',
  '<!--',
  'Offer: x\n',
  '## Offer\n20 % off\n',
  '- Must say: b\n',
  'We want to sell 20 % off until 4 May 2027, in spring. ',
  'Offer ends 1 march. ',
  '"a" ',
  '\u202e',
  '😀',
])(
  'reads 1 MiB of %j in bounded time',
  async (piece) => {
    const startedMs = performance.now();
    await readBrief(piece.repeat(Math.ceil(MEBIBYTE / piece.length)));
    // About two seconds on an idle machine; the bound leaves room for a busy one and none for quadratic time.
    expect(performance.now() - startedMs).toBeLessThan(40_000);
  },
  30_000,
);
