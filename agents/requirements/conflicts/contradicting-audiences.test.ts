import { describe, expect, test } from 'vitest';

import type { Requirements } from '../artifact.ts';
import { readBrief } from '../testing/run-requirements.ts';

const read = (words: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(
    `${words}

Objective: Fill the yoga hall.
Key message: The hall is new.
Button: Book at https://gym.example.com
Sender: Example Gym, 12 Dock Road, Exampleton EX1 1AA, news@gym.example.com
`,
    answers,
  );

describe('asks about people who alone are written to, and others who are as well', () => {
  test.each([
    'Audience: only members. Also send to everybody who is not a member.',
    'Audience: only members\n\nPlease also send it to non-members.',
    'Audience:\n- Only members\n- Everybody in Exampleton',
    'Audience: members only. Also send it to former guests.',
    'Zielgruppe: nur Mitglieder. Auch an alle Nichtmitglieder.',
    'Cible : uniquement les membres. Envoyez aussi à tous les non-membres.',
    'Público: solo socios. Enviar también a todos los que no son socios.',
    'Destinatari: solo i soci. Inviare anche ai non soci.',
    'Doelgroep: alleen leden. Stuur het ook naar iedereen die geen lid is.',
    'Público-alvo: apenas sócios. Enviar também a todos os não sócios.',
  ])('%j', async (words) => {
    const { contradictions } = await read(words);
    expect(contradictions.map(({ field }) => field)).toEqual(['audience']);
  });
});

describe('an answer', () => {
  const words = 'Audience: only members. Also send to everybody who is not a member.';
  test.each([
    ['1', ['only members']],
    ['2', ['everybody']],
    ['All of them', ['members', 'everybody']],
  ])('%j settles it', async (answer, names) => {
    const id = (await read(words)).contradictions[0]?.id ?? '';
    const { audience, questions } = await read(words, { [id]: answer });
    expect(audience.map(({ name }) => name)).toEqual(names);
    expect(questions).toEqual([]);
  });
});

test.each([
  'Audience: only members who booked last year',
  'Audience: members. Also send it to former members.',
  'Audience:\n- Only members over 60\n- All members in Bath',
  'Zielgruppe: nur Stammkunden',
  'Audience: only members. Not for students.',
])('asks nothing about %j', async (words) => {
  expect((await read(words)).contradictions).toEqual([]);
});
