import { expect, test } from 'vitest';

import { mannerOf } from './read-intent.ts';

test.each([
  ['herzlich, ein bisschen verschmitzt', 'warm'],
  ['verschmitzt, aber herzlich', 'playful'],
  ['Plain, polite and factual', 'formal'],
  ['Serious and restrained', 'formal'],
  ['chaleureux, simple', 'warm'],
  ['espiègle', 'playful'],
  ['Warm and close (more formal, as the reviewer asked)', 'formal'],
  ['Formal (less formal, as the reviewer asked)', 'warm'],
  ['Sachlich (lockerer, wie in der Prüfung gewünscht)', 'warm'],
  ['Playful, not too formal', 'playful'],
  ['Friendly and professional, polite', 'warm'],
  ['Professional, precise, but friendly', 'warm'],
  ['relaxed, nothing stiff', 'warm'],
  ['sachlich, präzise und freundlich', 'warm'],
  ['professionnel, sobre et amical', 'warm'],
  ['serio, sobrio y cercano', 'warm'],
  ['serio e sobrio ma cordiale', 'warm'],
  ['zakelijk, nuchter en vriendelijk', 'warm'],
  ['sério, profissional e amigável', 'warm'],
  ['Precise, not funny', 'formal'],
  ['Short', undefined],
])('reads how %j speaks', (tone, manner) => {
  expect(mannerOf(tone)).toBe(manner);
});
