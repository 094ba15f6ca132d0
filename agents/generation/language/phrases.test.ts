import { expect, test } from 'vitest';

import { figuresIn } from '../figures/figures.ts';
import { boilerplate, fill, phrasesOf, subjectOf, withoutPhrase } from './phrases.ts';
import { chooseRegister } from './choose-register.ts';

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'] as const;
const sender = { sender: 'Sender', email: 'sender@sender.example', address: 'Street' };

test.each(languages)('no phrase in %s holds a figure or an open place', (language) => {
  for (const phrase of boilerplate(language, sender)) {
    expect([phrase, figuresIn(phrase, language)]).toEqual([phrase, []]);
    expect(phrase).not.toMatch(/(?<!\{)\{\w+\}(?!\})/u);
  }
});

test.each(languages)('what stands in a phrase in %s is found again', (language) => {
  for (const register of ['formal', 'friendly'] as const) {
    const { offer, note, date, closing } = phrasesOf(language, register);
    for (const phrase of [offer, note, date, closing]) {
      expect(withoutPhrase(language, fill(phrase, { text: 'Zelt 89 €.' }))).toBe('Zelt 89 €.');
      expect(withoutPhrase(language, fill(phrase, { text: '' }))).toBe(fill(phrase, { text: '' }));
    }
  }
  for (const purpose of ['announce', 'explain', 'remind', 'last-call', 'follow-up'] as const)
    expect(withoutPhrase(language, fill(subjectOf(language, purpose), { topic: 'Zelt' }))).toBe(
      'Zelt',
    );
});

test('fills places, and leaves merge fields alone', () => {
  expect(fill('Hi {{first_name}}, {sender} here', sender)).toBe('Hi {{first_name}}, Sender here');
});

test.each([
  ['Freundlich, aber mit Sie', 'de', 'formal'],
  ['Locker, per du', 'de', 'friendly'],
  ['freundlich und nahbar', 'de', 'formal'],
  ['Warm and informal', 'en', 'friendly'],
  ['Formal, professional', 'en', 'formal'],
  ['Friendly, not too formal', 'en', 'friendly'],
  ['Friendly and professional', 'en', 'friendly'],
  ['Formal, but kind', 'en', 'formal'],
  ['Per du, nicht zu förmlich', 'de', 'friendly'],
  ['', 'en', 'friendly'],
  ['Décontracté, on tutoie', 'fr', 'friendly'],
  ['', 'fr', 'formal'],
] as const)('reads the tone %j in %s as %s', (tone, language, register) => {
  expect(chooseRegister(tone, language)).toBe(register);
});

test.each(languages)(
  'a formal, a warm and a playful letter in %s do not sign off alike',
  (language) => {
    for (const register of ['formal', 'friendly'] as const) {
      const { formal, warm, playful } = phrasesOf(language, register).signOff;
      expect(new Set([formal, warm, playful]).size).toBe(3);
    }
  },
);

test('a friendly English letter has neither "Dear" nor "Yours sincerely"', () => {
  for (const register of ['formal', 'friendly'] as const) {
    const { greeting, signOff } = phrasesOf('en', register);
    for (const manner of ['warm', 'playful'] as const)
      expect(`${greeting[manner]} ${signOff[manner]}`).not.toMatch(/dear|sincerely/iu);
  }
});
