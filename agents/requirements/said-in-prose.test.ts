import { describe, expect, test } from 'vitest';

import { readBrief } from './testing/run-requirements.ts';

const TAIL = `Button: Book a class https://gym.example.com/yoga
Sender: Example Gym, 12 Dock Road, Exampleton EX1 1AA, news@gym.example.com
`;

describe('words that must and must not be said, in prose', () => {
  test.each([
    ['Please always mention "free trial class". And never mention "free" anything.'],
    ['Always mention free trial class. Never mention free.'],
    ['Always mention "free trial class", but never mention "free".'],
    ['Must say: free trial class\nMust not say: free'],
    ['Must say:\n- free trial class\n\nNever say:\n- free'],
    ['Bitte immer erwähnen: „gratis Probetraining“. Bitte „gratis“ nie erwähnen.'],
    ['„Gratis Probetraining“ bitte immer erwähnen. Erwähnen Sie nie „gratis“.'],
    ['Mentionnez toujours « cours gratuit ». Ne mentionnez jamais « gratuit ».'],
    ['Mencionen siempre «clase gratis». No mencionen nunca «gratis».'],
    ['Menzionate sempre «lezione gratis». Non menzionate mai «gratis».'],
    ['Vermeld altijd “gratis proefles”. Vermeld nooit “gratis”.'],
    ['Mencionem sempre «aula grátis». Nunca mencionem «grátis».'],
  ])('%j contradict each other', async (words) => {
    const { constraints, contradictions } = await readBrief(`Gym news.\n\n${words}\n\n${TAIL}`);
    expect(constraints.mustSay).toHaveLength(1);
    expect(constraints.mustNotSay).toHaveLength(1);
    expect(contradictions.map(({ field }) => field)).toEqual(['constraints.mustSay']);
  });

  test.each([
    'Always mention "open all night". Never mention "free".',
    'Immer „rund um die Uhr“ erwähnen. „Gratis“ nie erwähnen.',
    'Mentionnez toujours « ouvert la nuit ». Ne mentionnez jamais « gratuit ».',
  ])('%j do not', async (words) => {
    const { contradictions } = await readBrief(`Gym news.\n\n${words}\n\n${TAIL}`);
    expect(contradictions).toEqual([]);
  });
});
