import { describe, expect, test } from 'vitest';

import { readCompleteWith } from '../testing/complete-brief.ts';
import { readBrief } from '../testing/run-requirements.ts';

describe('words that the law has in every email, and that the brief forbids', () => {
  test.each([
    'Must not say: "unsubscribe"',
    'Never use the word "unsubscribe".',
    'Must not say: "Exampleton"',
    'Must not say: "1 Example Street"',
    'Must not say: "Example Tools"',
  ])('are asked about: %j', async (rule) => {
    const { contradictions, questions } = await readCompleteWith(rule);
    expect(contradictions.map(({ field }) => field)).toEqual(['constraints.mustNotSay']);
    expect(questions[0]?.options).toHaveLength(1);
  });

  test('are the link’s in the language of the brief', async () => {
    const brief = `Ziel: Wir wollen mehr Spaten verkaufen.
Zielgruppe: Menschen, die einen Garten haben
Botschaften: Unsere Spaten sind aus Stahl und halten lange.
Nicht sagen: „abmelden“
Absender: Beispiel GmbH, Beispielweg 1, 12345 Beispielstadt, hallo@spaten.example
`;
    const { contradictions } = await readBrief(brief);
    expect(contradictions.map(({ field }) => field)).toEqual(['constraints.mustNotSay']);
  });

  test('stand in the link once the rule is left out', async () => {
    const rule = 'Must not say: "unsubscribe", "cheap"';
    const id = (await readCompleteWith(rule)).questions[0]?.id ?? '';
    const { constraints, questions } = await readCompleteWith(rule, { [id]: '1' });
    expect(questions).toEqual([]);
    expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(['cheap']);
  });

  test('stand in the address once it is exempt, and nowhere else', async () => {
    const rule = 'Must not say: "Exampleton"';
    const id = (await readCompleteWith(rule)).questions[0]?.id ?? '';
    const { constraints, questions } = await readCompleteWith(rule, { [id]: '1' });
    expect(questions).toEqual([]);
    expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(['Exampleton']);
    expect(constraints.exemptions.map(({ text }) => text)).toEqual([
      '1 Example Street, Exampleton EX1 1AA',
    ]);
  });

  test('give way to other words, and to none that say nothing', async () => {
    const rule = 'Must not say: "unsubscribe"';
    const id = (await readCompleteWith(rule)).questions[0]?.id ?? '';
    const changed = await readCompleteWith(rule, { [id]: 'opt out now' });
    expect(changed.questions).toEqual([]);
    expect(changed.constraints.mustNotSay.map(({ text }) => text)).toEqual(['opt out now']);
    expect((await readCompleteWith(rule, { [id]: 'yes' })).questions).toHaveLength(1);
  });

  test.each(['Must not say: "subscribe"', 'Must not say: "street food"'])(
    'are none in %j',
    async (rule) => {
      expect((await readCompleteWith(rule)).contradictions).toEqual([]);
    },
  );
});
