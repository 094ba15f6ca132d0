import { describe, expect, test } from 'vitest';

import { readCompleteWith } from './testing/complete-brief.ts';

describe('words that a sentence demands of the emails', () => {
  test.each([
    ['And do mention that there are nuts in the kitchen.', 'there are nuts in the kitchen'],
    ['Mention that there are nuts in the kitchen.', 'there are nuts in the kitchen'],
    ['Be sure to mention nuts in the kitchen.', 'nuts in the kitchen'],
    ['Each email needs the sentence: nuts in the kitchen.', 'nuts in the kitchen'],
    ['Every email must contain the words: nuts in the kitchen.', 'nuts in the kitchen'],
    ['Every email has to carry the words "Nuts in the kitchen".', 'Nuts in the kitchen'],
    ['Jede E-Mail braucht den Satz: Nüsse in der Küche.', 'Nüsse in der Küche'],
    ['Jede Mail muss den Satz enthalten: Nüsse in der Küche.', 'Nüsse in der Küche'],
    ['Chaque e-mail doit contenir la phrase : noix en cuisine.', 'noix en cuisine'],
    ['Et mentionnez bien qu’il y a des noix en cuisine.', 'il y a des noix en cuisine'],
    ['Cada correo necesita la frase: nueces en la cocina.', 'nueces en la cocina'],
    ['Y mencionen que hay nueces en la cocina.', 'hay nueces en la cocina'],
    ['Ogni e-mail deve contenere la frase: noci in cucina.', 'noci in cucina'],
    ['E menzionate che ci sono noci in cucina.', 'ci sono noci in cucina'],
    ['Elke e-mail moet de zin bevatten: noten in de keuken.', 'noten in de keuken'],
    ['Cada e-mail deve conter a frase: nozes na cozinha.', 'nozes na cozinha'],
    ['E mencionem que há nozes na cozinha.', 'há nozes na cozinha'],
  ])('are read from %j', async (sentence, words) => {
    const { constraints, questions } = await readCompleteWith(sentence);
    expect(constraints.mustSay.map(({ text }) => text)).toEqual([words]);
    expect(questions).toEqual([]);
  });

  test.each([
    'Every email needs something about nuts.',
    'Do tell them about nuts.',
    'And remember to talk about nuts.',
    'Bitte erwähnt auch, dass es Nüsse in der Küche gibt.',
    'Jede Mail braucht etwas über Nüsse.',
    'Chaque e-mail contient un mot sur les noix.',
    'Cada correo lleva algo sobre las nueces.',
    'Ogni e-mail contiene qualcosa sulle noci.',
    'En vermeld dat er noten in de keuken zijn.',
    'Cada e-mail precisa de algo sobre nozes.',
  ])('are asked about where %j does not tell them', async (sentence) => {
    const { constraints, questions } = await readCompleteWith(sentence);
    expect(constraints.mustSay).toEqual([]);
    expect(questions.map(({ id }) => id)).toEqual([expect.stringMatching(/^rule-/)]);
  });

  test.each(['We do mention that in our shop.', 'Our customers mention that the shop is green.'])(
    'are none in %j',
    async (sentence) => {
      const { constraints, questions } = await readCompleteWith(sentence);
      expect(constraints.mustSay).toEqual([]);
      expect(questions).toEqual([]);
    },
  );
});

describe('a label of words that emails must not hold, beside one of words that they must', () => {
  test.each([
    ['Muss enthalten', 'Darf nicht enthalten'],
    ['Muss enthalten', 'Darf nicht vorkommen'],
    ['Muss enthalten', 'Nicht enthalten'],
    ['Must contain', 'Must not contain'],
    ['Doit contenir', 'Ne doit pas contenir'],
    ['Debe contener', 'No debe contener'],
    ['Deve contenere', 'Non deve contenere'],
    ['Moet bevatten', 'Mag niet bevatten'],
    ['Deve conter', 'Não deve conter'],
  ])('%s, %s', async (must, mustNot) => {
    const { constraints, questions } = await readCompleteWith(
      `${must}: "Terms apply."\n${mustNot}: cheap`,
    );
    expect(constraints.mustSay.map(({ text }) => text)).toEqual(['Terms apply.']);
    expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(['cheap']);
    expect(questions).toEqual([]);
  });
});
