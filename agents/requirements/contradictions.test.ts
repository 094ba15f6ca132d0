import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import type { Requirements } from './artifact.ts';
import { readBrief } from './testing/run-requirements.ts';

const contradictory = await readFile(
  new URL('../../examples/briefs/contradictory.md', import.meta.url),
  'utf8',
);

const COMPLETE = `## Objective
Sell spades.
## Audience
- Gardeners
- Students
## Key messages
- Spades of steel.
## Call to action
Order at https://spades.example.com
## Sender
Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

const read = (more: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(COMPLETE + more, answers);

/** Answers the only contradiction with `answer`, and reads the brief again. */
async function decide(more: string, answer: string): Promise<Requirements> {
  const { contradictions } = await read(more);
  expect(contradictions).toHaveLength(1);
  return await read(more, { [contradictions[0]?.id ?? '']: answer });
}

describe('finds what cannot both be true', () => {
  test.each([
    [
      'two discounts on one offer',
      '## Offer\n20 % off all spades.\n## News\nCustomers get 25 % off all spades.',
      'offer',
    ],
    [
      'two ends of one offer',
      '## Dates\n- Offer ends: 3 May 2027\n- Offer ends: 5 May 2027',
      'deadlines',
    ],
    [
      'a weekday that does not fit its date',
      '## Dates\n- Offer ends: Friday, 3 May 2027',
      'deadlines',
    ],
    [
      'an end before its beginning',
      '## Dates\n- Launch: 10 May 2027\n- Offer ends: 3 May 2027',
      'deadlines',
    ],
    [
      'a must-say with a forbidden phrase',
      '## Must say\n- "Never without risk."\n## Must not say\n- "without risk"',
      'constraints.mustSay',
    ],
    [
      'an offer that promises what is forbidden',
      '## Offer\nA free spade for all.\n## Must not say\n- "free spade"',
      'offer',
    ],
    ['people included and excluded', '## Exclude\n- Students', 'audience'],
    ['two tones', '## Tone\nCalm.\n## Notes\nThe tone should be loud.', 'tone'],
    ['two senders', '## Notes\nThe sender is Example Shovels.', 'sender.name'],
    ['another language than the brief’s', '## Language\nGerman', 'language'],
  ])('%s', async (_what, more, field) => {
    const { contradictions, questions, missing } = await read(more);
    expect(missing).toEqual([]);
    expect(contradictions.map((contradiction) => contradiction.field)).toEqual([field]);
    expect(questions.map(({ id }) => id)).toEqual(contradictions.map(({ id }) => id));
  });

  test.each([
    ['discounts on different things', '## Offer\n- 20 % off spades\n- 10 % off flower pots'],
    [
      'one date told in two ways',
      '## Offer\n20 % off until 3 May 2027.\n## Dates\n- Offer ends: 3.5.2027',
    ],
    [
      'an exclusion that is narrower than a segment',
      '## Exclude\n- Students who objected to emails',
    ],
    ['a sender told again in fewer words', '## Notes\nThe sender is Example Spades.'],
    [
      'an ordinary sequence of dates',
      '## Dates\n- Approval: 1 May 2027\n- Launch: 3 May 2027\n- Offer ends: 9 May 2027',
    ],
  ])('and not %s', async (_what, more) => {
    expect((await read(more)).contradictions).toEqual([]);
  });

  test('one batch of answers settles them all', async () => {
    const { questions } = await readBrief(contradictory);
    const answers = questions.map(({ id, options }) => [
      id,
      options[0] ?? '15 August 2027 – 31 August 2027',
    ]);
    const settled = await readBrief(contradictory, Object.fromEntries(answers));
    expect(settled).toMatchObject({ missing: [], contradictions: [], questions: [] });
    expect(settled.keyMessages[0]?.text).toBe(
      'The Summer Saver pays 3.1 % interest p.a. from the first day.',
    );
  });

  test('all of them at once in one batch', async () => {
    const { contradictions } = await readBrief(contradictory);
    expect(contradictions.map(({ field }) => field).toSorted()).toEqual([
      'audience',
      'constraints.mustSay',
      'deadlines',
      'deadlines',
      'deadlines',
      'keyMessages',
      'offer',
      'offer',
      'sender.name',
      'tone',
    ]);
  });
});

describe('takes decisions', () => {
  test('the chosen figure is told everywhere', async () => {
    const decided = await decide(
      '## Offer\n20 % off all spades.\n## Key messages\n- Save 25 % on all spades.',
      '25 %',
    );
    expect(decided.offer?.text).toBe('25 % off all spades.');
    expect(decided.contradictions).toEqual([]);
  });

  test('the chosen date is told everywhere, with its day of the week', async () => {
    const decided = await decide(
      '## Dates\n- Offer ends: Friday, 3 May 2027',
      'Friday, 7 May 2027',
    );
    expect(decided.deadlines).toMatchObject([
      { text: 'Offer ends: Friday, 7 May 2027', date: '2027-05-07' },
    ]);
  });

  test('an option may be chosen by its number', async () => {
    const decided = await decide('## Exclude\n- Students', '2');
    expect(decided.audience.map(({ name }) => name)).toEqual(['Gardeners']);
  });

  test('beginning and end may be given together', async () => {
    const decided = await decide(
      '## Dates\n- Launch: 10 May 2027\n- Offer ends: 3 May 2027',
      '1 May 2027 to 3 May 2027',
    );
    expect(decided.deadlines.map(({ date }) => date)).toEqual(['2027-05-01', '2027-05-03']);
  });

  test.each(['', 'yes', 'approved', '7', 'both'])(
    'an answer that decides nothing (%j) leaves it open',
    async (answer) => {
      expect((await decide('## Exclude\n- Students', answer)).contradictions).toHaveLength(1);
    },
  );

  test('the question keeps its name when the statements move', async () => {
    const more = '## Exclude\n- Students';
    const before = (await read(more)).contradictions[0];
    const after = (await readBrief(`A line in front.\n\n${COMPLETE}${more}`)).contradictions[0];
    expect(after?.id).toBe(before?.id);
    expect(after?.sources).not.toEqual(before?.sources);
  });
});

describe('dates that cannot be read in one way', () => {
  test.each([
    [
      'day and month could be swapped',
      '03/04/2027',
      ['Saturday, 3 April 2027', 'Thursday, 4 March 2027'],
    ],
    ['the year is not said', '31 March', []],
    ['there is no such day', '31 April 2027', []],
  ])('%s: asked, not guessed', async (_what, written, options) => {
    const { missing, questions, deadlines } = await read(`## Dates\n- Offer ends: ${written}`);
    expect(missing).toEqual(['deadlines.deadline-1.date']);
    expect(questions[0]?.options).toEqual(options);
    expect(deadlines[0]?.date).toBeNull();
  });

  test('an answer settles it', async () => {
    const { questions } = await read('## Dates\n- Offer ends: 31 March');
    const settled = await read('## Dates\n- Offer ends: 31 March', {
      [questions[0]?.id ?? '']: '31 March 2027',
    });
    expect(settled).toMatchObject({ missing: [], deadlines: [{ date: '2027-03-31' }] });
  });

  test('3/15/2027 can only be read in one way', async () => {
    expect((await read('## Dates\n- Offer ends: 3/15/2027')).deadlines[0]?.date).toBe('2027-03-15');
  });
});
