import { describe, expect, test } from 'vitest';

import type { Requirements } from './artifact.ts';
import { readBrief } from './testing/run-requirements.ts';

const COMPLETE = `Objective: Sell spades.
Audience: Gardeners
Key messages: Spades of steel.
Call to action: Order at https://spades.example.com
Sender: Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

const read = (more: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(`${COMPLETE}\n${more}\n`, answers);

const texts = (facts: readonly { readonly text: string }[]): string[] =>
  facts.map(({ text }) => text);

describe('what is a key message', () => {
  const without = COMPLETE.replace('Spades of steel.', '%s');

  test.each([
    'hello@spades.example.com',
    'https://spades.example.com/offers',
    'www.spades.example.com',
    'spades.example.com',
    '+44 1632 960123',
    'Tel: 01632 960 123',
  ])('an address, link or number alone is none: %j', async (contact) => {
    const { keyMessages, questions } = await readBrief(without.replace('%s', contact));
    expect(keyMessages).toEqual([]);
    expect(questions.map(({ id }) => id)).toContain('keyMessages');
    const again = await readBrief(without.replace('%s', contact), { keyMessages: contact });
    expect(again.keyMessages).toEqual([]);
    expect(again.questions.map(({ id }) => id)).toContain('keyMessages');
  });

  test.each(['Spades at spades.example.com last a lifetime.', 'Call us: we sharpen for free.'])(
    'a statement with one is: %j',
    async (message) => {
      expect(texts((await readBrief(without.replace('%s', message))).keyMessages)).toEqual([
        message,
      ]);
    },
  );
});

describe('what must not be said', () => {
  test.each([
    [
      'Must not say: guaranteed, cheap, or best price in the whole of town',
      ['guaranteed', 'cheap', 'best price in the whole of town'],
    ],
    ['Must not say: the words guaranteed and cheap', ['guaranteed', 'cheap']],
    ['Must not say: guaranteed (legal), cheap (brand)', ['guaranteed', 'cheap']],
    ['Must not say: guaranteed, because legal said so', ['guaranteed']],
    ['Must not say: guaranteed – legal said so', ['guaranteed']],
    ['Must not say: guaranteed / cheap', ['guaranteed', 'cheap']],
    ['Must not say: "guaranteed and cheap"; free', ['guaranteed and cheap', 'free']],
    ["Must not say: 'guaranteed' or 'cheap'", ['guaranteed', 'cheap']],
    [
      'Must not say: avoid the word "guaranteed" and any mention of being cheap',
      ['guaranteed', 'cheap'],
    ],
    ['Nicht sagen: die Wörter garantiert und billig', ['garantiert', 'billig']],
    ['Please do not use the word guaranteed. Avoid "cheap".', ['guaranteed', 'cheap']],
    ['Please do not use the words guaranteed or cheap.', ['guaranteed', 'cheap']],
    ['Legal: "guaranteed" is off limits. The word cheap is forbidden.', ['guaranteed', 'cheap']],
    ['Das Wort garantiert darf nicht vorkommen. „Billig“ ist verboten.', ['garantiert', 'Billig']],
  ])('is found phrase by phrase in %j', async (more, phrases) => {
    const { constraints, questions } = await read(more);
    expect(texts(constraints.mustNotSay)).toEqual(phrases);
    expect(questions).toEqual([]);
  });

  test.each(['Any comparison with other shops and banks by name', 'Names of suppliers'])(
    'stays whole and unasked when it is about a subject: %s',
    async (subject) => {
      const { constraints, questions } = await read(`Must not say:\n- ${subject}`);
      expect(texts(constraints.mustNotSay)).toEqual([subject]);
      expect(questions).toEqual([]);
    },
  );

  test('is kept and asked about when it is no wording', async () => {
    const long = 'everything that could make a reader believe that a spade lasts for ever';
    const asked = await read(`Must not say:\n- ${long}\n- cheap`);
    expect(texts(asked.constraints.mustNotSay)).toEqual([long, 'cheap']);
    expect(asked.questions).toMatchObject([
      { path: 'constraints.mustNotSay', options: [], text: expect.stringContaining(long) },
    ]);
    const id = asked.questions[0]?.id ?? '';
    const answered = await read(`Must not say:\n- ${long}\n- cheap`, { [id]: 'forever, lifelong' });
    expect(texts(answered.constraints.mustNotSay)).toEqual(['cheap', 'forever', 'lifelong']);
    expect(answered.questions).toEqual([]);
    const none = await read(`Must not say:\n- ${long}\n- cheap`, { [id]: 'none' });
    expect(texts(none.constraints.mustNotSay)).toEqual([long, 'cheap']);
    expect(none.questions).toEqual([]);
  });
});

describe('a forbidden wording with masked letters', () => {
  test.each(['A f*ee spade for all.', 'A fr_e spade for all.', 'A f••e spade for all.'])(
    'contradicts like the plain one: %j',
    async (message) => {
      const more = `Key message: ${message}\nMust not say: free`;
      const { contradictions, keyMessages } = await read(more);
      expect(contradictions.map(({ field }) => field)).toEqual(['keyMessages']);
      expect(texts(keyMessages)).toContain(message);
    },
  );
});

describe('what must be said', () => {
  test.each([
    [
      'Must say: Terms apply; Licence no. 4711 (BaFin) and "Members of FSCS"',
      ['Terms apply', 'Licence no. 4711 (BaFin)', 'Members of FSCS'],
    ],
    ["Must say: 'Terms apply' and 'Capital at risk'", ['Terms apply', 'Capital at risk']],
    ["Must say: 'Don't wait' and 'Capital at risk'", ["Don't wait", 'Capital at risk']],
    ['Must say: always the sentence "Terms apply." in the footer', ['Terms apply.']],
    ['Must say: "Terms apply" in the footer; Capital at risk', ['Terms apply', 'Capital at risk']],
    [
      'Must say: "Terms apply" in the footer; Capital at risk; "Members of FSCS" in small print',
      ['Terms apply', 'Capital at risk', 'Members of FSCS'],
    ],
    [
      'Pflichtangaben: „Es gelten die AGB“ im Fuß; Kapital im Risiko',
      ['Es gelten die AGB', 'Kapital im Risiko'],
    ],
    ['Every email must state that capital is at risk.', ['capital is at risk']],
  ])('is found in %j', async (more, phrases) => {
    const { constraints, questions } = await read(more);
    expect(texts(constraints.mustSay)).toEqual(phrases);
    expect(questions).toEqual([]);
  });
});

describe('an answer about words that are said and forbidden', () => {
  const more = 'Must say: "Never without risk."\nMust not say: "without risk"';

  test.each([
    ['Leave it out', []],
    ['leave it', []],
    ['2', []],
    ['Say it', ['Never without risk.']],
    ['say it.', ['Never without risk.']],
  ])('may be %j', async (answer, said) => {
    const id = (await read(more)).questions[0]?.id ?? '';
    const { constraints, questions } = await read(more, { [id]: answer });
    expect(questions).toEqual([]);
    expect(texts(constraints.mustSay)).toEqual(said);
  });

  test('is shown, clean and short, when it was not understood', async () => {
    const id = (await read(more)).questions[0]?.id ?? '';
    const answer = `maybe\u202e 078-05-1120 ${'so '.repeat(900)}`;
    const { questions } = await read(more, { [id]: answer });
    expect(questions[0]?.text).toMatch(
      /^The answer “maybe \[withheld\] so .{0,160}” was not understood: choose one of/,
    );
    expect(questions[0]?.options).toHaveLength(2);
  });
});

describe('a telephone number without a label', () => {
  test('is withheld where it is not the sender’s own', async () => {
    const { keyMessages, withheld } = await read('Key messages:\n- Ms Sample has (202) 555-0143');
    expect(texts(keyMessages)).toContain('Ms Sample has [withheld]');
    expect(withheld).toEqual([{ type: 'telephone', count: 1 }]);
  });

  test('stays where readers are to call it', async () => {
    const { keyMessages, withheld } = await readBrief(
      COMPLETE.replace('EX1 1AA,', 'EX1 1AA, +49 171 1234567,').replace(
        'Spades of steel.',
        'Call +49 171 1234567 for spades.',
      ),
    );
    expect(texts(keyMessages)).toEqual(['Call +49 171 1234567 for spades.']);
    expect(withheld).toEqual([]);
  });

  test('is withheld from an answer about anything but the sender and the action', async () => {
    const { keyMessages } = await readBrief(COMPLETE.replace(/^Key messages.*\n/m, ''), {
      keyMessages: 'Ms Sample has (202) 555-0143',
    });
    expect(texts(keyMessages)).toEqual(['Ms Sample has [withheld]']);
  });
});
