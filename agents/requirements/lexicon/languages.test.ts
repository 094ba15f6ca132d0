import { expect, test } from 'vitest';

import { detectLanguage } from './languages.ts';

test.each([
  ['Pay as Mr Public did. 20 % off every boiler service.', 'en'],
  ['Objective: sell. Audience: home owners. Offer: 10 %.', 'en'],
  ['Ziel: verkaufen. Zielgruppe: Hausbesitzer.', 'de'],
  ['Objectif : vendre. Cible : les artisans.', 'fr'],
  ['Objetivo: vender. Remetente: a loja.', 'pt'],
  ['', 'en'],
])('tells the language of "%s"', (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});
