import { expect, test } from 'vitest';

import { readBrief } from './testing/run-requirements.ts';

const COMPLETE = `Objective: Sell spades.
Audience: Gardeners
Key messages: Spades of steel.
Call to action: Order at https://spades.example.com
Sender: Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

test.each([
  ['don\'t call it a "masterclass", Pete hates that', ['masterclass']],
  ["Don't call it a masterclass, Pete hates that.", ['masterclass']],
  ['Must not say: don\'t call it a "masterclass", Pete hates that', ['masterclass']],
  ['Must not say:\n- "masterclass", Pete hates that\n- cheap', ['masterclass', 'cheap']],
  ['Must not say: "cheap", budget, low cost', ['cheap', 'budget', 'low cost']],
  ['Nennt es nicht „Meisterkurs“, Petra hasst das.', ['Meisterkurs']],
  ['Nicht sagen: „Meisterkurs“, Petra mag das nicht', ['Meisterkurs']],
  ['Ne l’appelez pas « stage », Paul déteste ça.', ['stage']],
  ['No lo llamen «taller», Pepe odia eso.', ['taller']],
  ['Non chiamatelo «corso», Pia odia questo.', ['corso']],
  ['Noem het geen "cursus", Piet haat dat.', ['cursus']],
  ['Não o chamem de «curso», Pedro odeia isso.', ['curso']],
  ["Don't call it before noon.", []],
])('who minds the words is none of those forbidden in %j', async (line, words) => {
  const { constraints } = await readBrief(`${COMPLETE}\n${line}\n`);
  expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(words);
});
