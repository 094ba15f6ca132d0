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
  test.each(['German (de)', 'German', 'de', 'Deutsch', '2'])(
    'a language is chosen by its name or its code: %j',
    async (answer) => {
      const { questions } = await read('## Language\nGerman');
      expect(questions[0]?.options).toEqual(['English (en)', 'German (de)']);
      expect(questions[0]?.text).toContain('“English (en)” / “German (de)”');
      const settled = await read('## Language\nGerman', { [questions[0]?.id ?? '']: answer });
      expect({ language: settled.language, questions: settled.questions }).toEqual({
        language: 'de',
        questions: [],
      });
    },
  );

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

describe('beginning and end under short labels', () => {
  test.each([
    'Start: 12 May 2027\nEnd: 3 May 2027',
    'Start: 12 May 2027 / End: 3 May 2027',
    'Start: 12 May / End: 3 May',
    'Beginn: 12. Mai 2027\nEnde: 3. Mai 2027',
    'Von: 12. Mai 2027\nBis: 3. Mai 2027',
    'From: 12 May 2027\nTo: 3 May 2027',
    'Début : 12 mai 2027\nFin : 3 mai 2027',
    'Inicio: 12 de mayo de 2027\nFin: 3 de mayo de 2027',
    'Inizio: 12 maggio 2027\nFine: 3 maggio 2027',
    'Begin: 12 mei 2027\nEinde: 3 mei 2027',
    'Início: 12 de maio de 2027\nFim: 3 de maio de 2027',
  ])('%j is asked about once', async (lines) => {
    const { contradictions, questions } = await read(`\n${lines}\n`);
    expect(contradictions.map(({ field }) => field)).toEqual(['deadlines']);
    expect(questions.map(({ id }) => id)).toEqual(contradictions.map(({ id }) => id));
  });

  test('an answer with both dates settles it, and gives the years', async () => {
    const decided = await decide('\nStart: 12 May / End: 3 May\n', '12 April 2027 – 3 May 2027');
    expect(decided).toMatchObject({ contradictions: [], questions: [] });
    expect(decided.deadlines.map(({ date }) => date)).toEqual(['2027-04-12', '2027-05-03']);
  });

  test('one date alone cannot settle what has no year', async () => {
    expect(
      (await decide('\nStart: 12 May / End: 3 May\n', '3 June 2027')).contradictions,
    ).toHaveLength(1);
  });

  test('an end in another year is none of it', async () => {
    expect((await read('\nStart: 12 May 2027\nEnd: 3 January 2028\n')).contradictions).toEqual([]);
  });

  test.each(['To: Students\nNot to: Students', 'An: Students\nNicht an: Students'])(
    'people included and excluded: %j',
    async (lines) => {
      const { contradictions } = await readBrief(`${lines}\n`);
      expect(contradictions.map(({ field }) => field)).toEqual(['audience']);
    },
  );
});

describe('what is said after all', () => {
  const more =
    '## Must say\n- "Never without risk, as all savings."\n## Must not say\n- "without risk"';

  test('stands as it is, and stays forbidden everywhere else', async () => {
    const { constraints, contradictions, questions } = await decide(more, '1');
    expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(['without risk']);
    expect(constraints.mustSay.map(({ text }) => text)).toEqual([
      'Never without risk, as all savings.',
    ]);
    expect(constraints.exemptions).toMatchObject([
      { mustNotSay: 'must-not-say-1', text: 'Never without risk, as all savings.' },
    ]);
    expect({ contradictions, questions }).toEqual({ contradictions: [], questions: [] });
  });

  test('another statement with the same words is asked about by itself', async () => {
    const { contradictions } = await read(`${more}\n## Offer\nSpades without risk.`);
    expect(contradictions).toHaveLength(2);
    const first = contradictions.find(({ field }) => field === 'constraints.mustSay');
    const decided = await read(`${more}\n## Offer\nSpades without risk.`, {
      [first?.id ?? '']: '1',
    });
    expect(decided.contradictions.map(({ field }) => field)).toEqual(['offer']);
  });
});

describe('an inflection of a forbidden wording is asked about', () => {
  test.each([
    ['Must say: "Annulation gratuite."\nMust not say: "gratuit"', 'constraints.mustSay'],
    ['Key message: The cheapest beds.\nMust not say: "cheap"', 'keyMessages'],
    ['Kernbotschaft: Garantierte Erholung.\nNicht sagen: „garantiert“', 'keyMessages'],
  ])('%j', async (more, path) => {
    const { questions } = await readBrief(`Objective: Sell beds.
Audience: Guests
Call to action: Order at https://beds.example.com
Sender: Example Beds, 1 Example Street, Exampleton EX1 1AA, hello@beds.example.com
Offer: Beds for two.
${more}
`);
    expect(questions.map((question) => question.path)).toEqual([path]);
  });
});
