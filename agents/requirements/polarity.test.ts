import { describe, expect, test } from 'vitest';

import { readBrief } from './testing/run-requirements.ts';

const COMPLETE = `Objective: Sell spades.
Audience: Gardeners
Key messages: Spades of steel.
Call to action: Order at https://spades.example.com
Sender: Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

const SAID = ['Terms apply.'];

describe('a prohibition under "must say"', () => {
  test.each([
    ['Must say: "Terms apply."\nNever say "cheap".'],
    ['Must say: "Terms apply."\nDo not use the word "cheap".'],
    ['Must say: "Terms apply."\nPlease avoid "cheap".'],
    ['Must say: "Terms apply." Never say "cheap".'],
    ['Must say: "Terms apply.", but never "cheap"'],
    ['Must say: "Terms apply."; not "cheap"'],
    ['Must say: "Terms apply." and do not mention "cheap".'],
    ['Must say: "Terms apply." The word "cheap" is forbidden.'],
    ['## Must say\n\n- "Terms apply."\n- Never say "cheap"'],
    ['## Must say\n\n- "Terms apply."\n- but not "cheap"'],
    ['## Must say\n\n- "Terms apply."\n- Never say cheap'],
    ['## Must say\n\n- Terms apply.\n- Avoid: cheap'],
    ['Muss rein: „Terms apply.“\nNiemals „cheap“ schreiben.'],
    ['Muss rein: „Terms apply.“ Das Wort „cheap“ bitte nicht verwenden.'],
    ['Muss rein: „Terms apply.“\nSchreibt nie „cheap“.'],
    ['À mentionner : « Terms apply. »\nNe dites jamais « cheap ».'],
    ['À mentionner : « Terms apply. »\nN’écrivez pas « cheap ».'],
    ['À mentionner : « Terms apply. »\nPas de « cheap ».'],
    ['Menciones obligatorias: «Terms apply.»\nNunca diga «cheap».'],
    ['Menciones obligatorias: «Terms apply.»\nEvite la palabra «cheap».'],
    ['Da dire: «Terms apply.»\nNon usare la parola «cheap».'],
    ['Verplichte tekst: "Terms apply."\nZeg nooit "cheap".'],
    ['Menções obrigatórias: «Terms apply.»\nNunca dizer «cheap».'],
  ])('forbids its words in %j', async (more) => {
    const { constraints } = await readBrief(`${COMPLETE}\n${more}\n`);
    expect(constraints.mustSay.map(({ text }) => text.replace(/\.$/, ''))).toEqual(['Terms apply']);
    expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(['cheap']);
  });

  test.each([
    ['Must say: "Never without risk."', ['Never without risk.']],
    ['Must say: Never exceed the stated dose.', ['Never exceed the stated dose.']],
    ['Must say: "Terms apply." Do not forget "Capital at risk."', [...SAID, 'Capital at risk.']],
    ['Must say: No purchase necessary.', ['No purchase necessary.']],
  ])('is none in %j', async (more, said) => {
    const { constraints } = await readBrief(`${COMPLETE}\n${more}\n`);
    const plain = (text: string): string => text.replace(/\.$/, '');
    expect(constraints.mustSay.map(({ text }) => plain(text))).toEqual(said.map(plain));
    expect(constraints.mustNotSay).toEqual([]);
  });

  test('is asked about when it may be a wording or a rule', async () => {
    const { constraints, questions } = await readBrief(
      `${COMPLETE}\n## Must say\n\n- "Terms apply."\n- Do not use cheap glue\n`,
    );
    expect(constraints.mustSay.map(({ text }) => text)).toEqual(SAID);
    expect(questions.map(({ text }) => text).join('\n')).toContain('Do not use cheap glue');
  });
});

describe('a demand under "must not say"', () => {
  test.each([
    ['Must not say: "cheap"\nAlways say "Terms apply."'],
    ['Must not say: "cheap". Please include the sentence "Terms apply."'],
    ['## Must not say\n\n- "cheap"\n- always say "Terms apply."'],
    ['Nicht sagen: „cheap“\nImmer „Terms apply.“ schreiben.'],
    ['Interdits : « cheap »\nToujours dire « Terms apply. »'],
    ['Non dire: «cheap»\nSempre dire «Terms apply.»'],
    ['Niet zeggen: "cheap"\nAltijd "Terms apply." vermelden.'],
  ])('demands its words in %j', async (more) => {
    const { constraints } = await readBrief(`${COMPLETE}\n${more}\n`);
    expect(constraints.mustSay.map(({ text }) => text)).toEqual(SAID);
    expect(constraints.mustNotSay.map(({ text }) => text)).toEqual(['cheap']);
  });
});
