import { describe, expect, test } from 'vitest';

import { readBrief } from '../testing/run-requirements.ts';
import { namesSeveral } from './choice.ts';

const COMPLETE = `Objective: Sell spades.
Audience: Gardeners
Key message: Spades of steel.
Call to action: Order at https://spades.example.com
Sender: Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

const DATES = 'The hall opens on 1 February 2027. Actually it opens on 15 February 2027.';
const ORDER = 'The offer ends 10 January 2027. The first mail goes out on 20 January 2027.';

describe('an answer that names both ways out decides nothing, and the question says why', () => {
  test.each([
    [DATES, '1 February and 15 February'],
    [DATES, '1 and 15 February 2027'],
    [DATES, '1 February, 15 February 2027'],
    [DATES, '1 February 2027 / 15 February 2027'],
    [DATES, 'both'],
    [DATES, '1 and 2'],
    [ORDER, '10 January 2027 and 20 January 2027'],
    ['Dates:\n- Offer ends: 3 May\n- Offer ends: 5 May', '3 May, 5 May 2027'],
    ['Dates:\n- Offer ends: Friday, 3 May 2027', '3 May or 7 May 2027'],
    ['Key messages:\n- The spade costs 39 euros.\n- The spade costs 45 euros.', '39 and 45 euros'],
    ['Key messages:\n- The spade costs 39 euros.\n- The spade costs 45 euros.', '39 euros or €45'],
    ['Tone: formal and cheeky', 'formal and cheeky'],
    ['Please send three emails.\n\nWe want five emails.', 'three or five emails'],
    ['Notes: The emails must be in German.', 'English and German'],
  ])('%j: %j', async (words, answer) => {
    const asked = await readBrief(`${COMPLETE}\n${words}\n`);
    expect(asked.contradictions).toHaveLength(1);
    const id = asked.contradictions[0]?.id ?? '';
    const again = await readBrief(`${COMPLETE}\n${words}\n`, { [id]: answer });
    expect(again.contradictions).toEqual(asked.contradictions);
    const question = again.questions.find((each) => each.id === id);
    expect(question?.text).toMatch(/^The answer “.+” (?:names more than one|was not understood)/);
  });

  test.each([
    ['1 February and 15 February', 'The answer “1 February and 15 February” names more than one'],
    ['whenever', 'The answer “whenever” was not understood'],
  ])('%j is told apart', async (answer, said) => {
    const { contradictions } = await readBrief(`${COMPLETE}\n${DATES}\n`);
    const id = contradictions[0]?.id ?? '';
    const again = await readBrief(`${COMPLETE}\n${DATES}\n`, { [id]: answer });
    expect(again.questions.find((each) => each.id === id)?.text).toContain(said);
  });
});

describe('an answer that names one is taken', () => {
  test.each([
    '15 February 2027',
    '15 February 2027, not 1 February',
    'Monday, 15 February 2027',
    '2',
  ])('%j', async (answer) => {
    const { contradictions } = await readBrief(`${COMPLETE}\n${DATES}\n`);
    const id = contradictions[0]?.id ?? '';
    expect((await readBrief(`${COMPLETE}\n${DATES}\n`, { [id]: answer })).contradictions).toEqual(
      [],
    );
  });
});

test.each([
  ['beide', 'Montag', 'Dienstag'],
  ['les deux', 'lundi', 'mardi'],
  ['ambas', 'lunes', 'martes'],
  ['entrambi', 'lunedì', 'martedì'],
  ['allebei', 'maandag', 'dinsdag'],
  ['os dois', 'segunda', 'terça'],
])('%j names both', (answer, one, other) => {
  expect(namesSeveral(answer, [one, other])).toBe(true);
  expect(namesSeveral(one, [one, other])).toBe(false);
});
