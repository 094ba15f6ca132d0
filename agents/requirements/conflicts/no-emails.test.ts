import { describe, expect, test } from 'vitest';

import type { Requirements } from '../artifact.ts';
import { readBrief } from '../testing/run-requirements.ts';

const read = (words: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(
    `Objective: Fill the yoga hall.
Audience: Members
Key message: The hall is new.
Button: Book at https://gym.example.com

${words}

Sender: Example Gym, 12 Dock Road, Exampleton EX1 1AA, news@gym.example.com
`,
    answers,
  );

describe('asks whether emails are wanted where the brief says that none is sent', () => {
  test.each([
    'Do not send any email; use SMS only.',
    'No emails, please.',
    'Channels: SMS only',
    'Bitte keine E-Mails verschicken, nur per SMS.',
    'N’envoyez pas d’e-mails, uniquement des SMS.',
    'No envíen ningún correo; solo por SMS.',
    'Non inviate nessuna e-mail, solo SMS.',
    'Verstuur geen e-mails, alleen sms.',
    'Não enviem nenhum e-mail; apenas por SMS.',
  ])('%j', async (words) => {
    const { contradictions, questions } = await read(words);
    expect(contradictions.map(({ field }) => field)).toEqual(['channels']);
    expect(questions.map(({ id }) => id)).toEqual(contradictions.map(({ id }) => id));
  });

  test('nothing but "yes" goes on', async () => {
    const words = 'Do not send any email; use SMS only.';
    const id = (await read(words)).contradictions[0]?.id ?? '';
    expect((await read(words, { [id]: 'no' })).contradictions).toHaveLength(1);
    expect((await read(words, { [id]: 'Yes' })).questions).toEqual([]);
  });
});

test.each([
  'Do not send any email before 9 am.',
  'Do not send emails to guests.',
  'Send no more than two emails.',
  'Channels: email and SMS',
  'Keine E-Mails vor 9 Uhr versenden.',
  'Staff is told by SMS only.',
])('asks nothing of the kind for %j', async (words) => {
  const { contradictions } = await read(words);
  expect(contradictions).toEqual([]);
});
