import { describe, expect, test } from 'vitest';

import { readBrief } from '../../testing/run-requirements.ts';

const TAIL = `Button: Book at https://gym.example.com
Sender: Example Gym, 12 Dock Road, Exampleton EX1 1AA, news@gym.example.com
`;

describe('two prices of one thing, by signs or by words, and without a fact that tells either', () => {
  test.each([
    'Membership upgrade costs £20 a month. Upgrade for 25 pounds a month!',
    'The upgrade costs 20 quid. The upgrade costs £25.',
    'Der Kurs kostet 20 Euro im Monat. Kurs für 25 € im Monat buchen!',
    'Le cours coûte 20 € par mois. Réservez le cours pour 25 euros par mois !',
    'La clase cuesta 20 € al mes. Reserve la clase por 25 euros al mes.',
    'Il corso costa 20 € al mese. Prenotate il corso per 25 euro al mese.',
    'De cursus kost € 20 per maand. Boek de cursus voor 25 euro per maand.',
    'A aula custa 20 € por mês. Reserve a aula por 25 euros por mês.',
  ])('%j', async (words) => {
    const { contradictions } = await readBrief(`Gym news.\n\n${words}\n\n${TAIL}`);
    expect(contradictions.map(({ field }) => field)).toEqual(['offer']);
  });

  test.each([
    'The upgrade costs £20 a month. The upgrade costs 200 pounds a year.',
    'The upgrade costs £20 a month. The locker costs 5 pounds a month.',
    'Until last year the upgrade cost £18. The upgrade costs £20.',
    'The upgrade costs £20. The upgrade costs 20 pounds.',
    'Members pay £20 for the course. Guests pay 25 pounds for the course.',
  ])('and not %j', async (words) => {
    const { contradictions } = await readBrief(`Gym news.\n\n${words}\n\n${TAIL}`);
    expect(contradictions).toEqual([]);
  });
});
