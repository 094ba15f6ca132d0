import { describe, expect, test } from 'vitest';

import type { Requirements } from '../artifact.ts';
import { readBrief } from '../testing/run-requirements.ts';

const COMPLETE = `## Objective
Sell spades.
## Audience
- Gardeners
- Students
## Key messages
- Spades of steel.
## Call to action
Order at https://spades.example.com
## Sender
Example Spades, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

const read = (more: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(COMPLETE + more, answers);

describe('asks about statements that cannot all be true', () => {
  test.each([
    '## Offer\n15 % off all spades.\n## Notes\nCustomers get 20 % off all spades.',
    '## Offer\n15 % off all spades.\n## Key messages\n- 20 % off until Sunday.',
    '## Notes\nOffer: 15 % off your first order\n\nWe give everybody 20 % off the first order.\n',
    '## Notes\nThe offer is 15% off.\n\nReminder email: tell them about the 20% discount.\n',
    '## Offer\n15 % discount on all orders.\n## Call to action\nGet your 20 % discount at https://spades.example.com',
    '## Key messages\n- The Classic spade is 39 euros.\n- Get the Classic spade for 45 euros.',
    '## Offer\nClassic spade: €39\n## Prices\n- Classic spade: €45',
    '## Offer\nClassic spade for €39 instead of €49\n## Key messages\n- The Classic spade now costs only €35.',
    '## Offer\nThe workshop costs $120.\n## Must say\n- "Workshop fee: $150"',
    '## Key messages\n- Delivery within 3 days.\n- Delivery takes five days.',
    '## Offer\n20 % off for 48 hours.\n## Key messages\n- The offer is valid for 3 days.',
    '## Key messages\n- 14 days to return.\n- You can return your spade within 30 days.',
    '## Tone\nFormal.\n## Notes\nKeep it casual and cheeky.',
    'Tone: formal and cheeky\n',
    '## Tone\nSerious and casual.',
    'Tone: friendly, formal. Please write in a cheeky, casual way.\n',
    'Tonfall: förmlich, aber locker und frech\n',
    '## Exclude\n- Gardeners\n',
    '## Notes\nDo not send it to gardeners.\n',
    '## Notes\nPlease leave students out.\n',
    '## Notes\nNo students, please.\n',
    'From: Example Shovels Ltd\n',
    '## Notes\nThe sender is Example Shovels, 9 Other Road, Othertown OT1 1AA.\n',
    '## Notes\nSent from sales@shovels.example.com\n',
    '## Language\nFrench\n',
    '## Notes\nThe emails must be in German.\n',
    'Language: English\n\nAll emails are to be written in German.\n',
    '## Notes\nThe emails should be in Spanish, please.\n',
    '## Angebot\n15 % Rabatt auf alle Spaten.\n## Hinweise\nKunden bekommen 20 % Rabatt.',
    '## Angebot\n15 % Rabatt auf alle Spaten. (Update vom Vertrieb: jetzt 20 %.)',
    '## Offer\n15 % off all spades. (Update from sales: it is 20 % now.)',
    '## Offer\n15 % off all spades.\n\nNB internal: the discount is 20 % after all.\n',
    '## Offer\n15 % off all spades until 3 May 2027. (Update from sales: offer ends 5 May 2027.)',
    '## Dates\n- Offer ends: 3 May 2027\n\nCorrection: the offer ends on 5 May 2027.\n',
    '## Offre\n15 % de remise sur toutes les pelles.\n## Remarques\nLa remise est de 20 %.',
    '## Messages clés\n- Livraison en 3 jours.\n- Nous livrons en cinq jours.',
    '## Kernbotschaften\n- Lieferung in 3 Tagen.\n- Die Lieferung dauert fünf Tage.',
    '## Kernbotschaften\n- Der Kurs kostet 120 €.\n- Kursgebühr: 150 €.',
    '## Tonalität\nPer Sie, seriös.\n## Hinweise\nBitte duzen.',
    '## Ton\nSoutenu et sérieux.\n## Remarques\nÉcrire dans un style décalé.',
    '## Key messages\n- The hall has 300 seats.\n- The hall has 250 seats.',
    '## Key messages\n- Doors open at 18:00.\n- Doors open at 7 pm.',
    '## Offer\nThe ticket costs 45 euros.\n## Must say\n- "Tickets cost 48 euros."',
    '## Dates\n- Offer ends: 3 May\n- Offer ends: 5 May',
    '## Dates\n- Offer ends: Sunday\n- Offer ends: Friday',
    '## Offer\nFree delivery from €40.\n## Key messages\n- Free delivery on orders over €60.',
    '## Notes\nThe emails must go out from the Example Shovels office.\n',
  ])('%j', async (more) => {
    const { contradictions, questions } = await read(more);
    expect(contradictions).not.toEqual([]);
    const asked = questions.map(({ id }) => id);
    expect(asked).toEqual(expect.arrayContaining(contradictions.map(({ id }) => id)));
  });
});

describe('asks nothing where statements are told for different things, people or times', () => {
  test.each([
    '## Offer\n15 % for members, 20 % for VIPs',
    '## Offer\n- 15 % off for members\n- 20 % off for VIPs',
    '## Offer\n15 % off for members.\n\nVIPs get 20 % off.\n',
    '## Key messages\n- Members get 15 % off all spades.\n- VIPs get 20 % off all spades.',
    '## Key messages\n- We lowered the fee from 20 % to 15 %.',
    '## Key messages\n- Spades are 20 % off.\n- Pots are 15 % off.',
    '## Key messages\n- 20 % off spades from 2 pieces.\n- 25 % off spades from 5 pieces.',
    '## Key messages\n- The Classic spade costs 39 €.\n- The Deluxe spade costs 59 €.',
    '## Key messages\n- Tickets for adults cost 12 €.\n- Tickets for children cost 6 €.',
    '## Key messages\n- Delivery within 3 days.\n- Return within 30 days.',
    '## Key messages\n- Delivery in Germany takes 2 days.\n- Delivery in France takes 5 days.',
    '## Key messages\n- The workshop lasts 3 days.\n- Workshop places must be booked 14 days before.',
    '## Key messages\n- 10 years of warranty.\n- 5 days of delivery.',
    '## Tone\nWarm, friendly and respectful.\n',
    '## Tone\nSerious but not stiff.\n',
    '## Tone\nFriendly, never formal.\n',
    '## Tone\nProfessional yet friendly.\n',
    '## Offer\nEarly bird: €90 until 3 May 2027, then €120.',
    '## Offer\nEarly bird: €90.\n## Key messages\n- Regular price: €120.',
    '## Offer\n20 % off.\n## Metrics\n- 15 % open rate\n- 20 % more orders',
    '## Offer\n20 % off.\n## Key messages\n- 15 % of customers already have one.',
    '## Offer\nSpade for €39 instead of €49.\n## Key messages\n- You save €10.',
    '## Offer\n20 % off, 25 % off from three pieces.\n## Key messages\n- 20 % off all spades.',
    '## Offer\nEverything 20 % off.\n## Key messages\n- 10 € off for newsletter readers.',
    '## Dates\n- Offer ends: 5 May\n- Launch: 3 May',
    '## Key messages\n- Doors open at 18:00.\n- The show starts at 19:00.',
    '## Key messages\n- Opening hours: Monday 9:00.\n- Opening hours: Saturday 10:00.',
    '## Key messages\n- 24 months of warranty.\n- 36 months of warranty on motors.',
    '## Key messages\n- Trial for 14 days.\n- Cancel with 30 days notice.',
    '## Key messages\n- We have been making spades for 30 years.\n- Our apprentices train for 3 years.',
    '## Key messages\n- Full-year pass 90 €.\n- Day pass 9 €.',
    '## Offer\nAnnual plan: 90 € per year.\n## Key messages\n- Monthly plan: 9 € per month.',
    '## Key messages\n- Save 10 % with the annual plan.\n- Open rate last year was 20 %.',
    '## Background\nLast year we gave 10 % off all spades.\n## Offer\n15 % off all spades.',
    '## Objective\nReduce returns by 20 %.\n## Offer\n15 % off.',
    '## Metrics\n20 % discount codes redeemed\n## Offer\n15 % off.',
    '## Tone\nFormal for dealers, casual for students.\n',
    '## Tone\nFormal, not casual.\n',
    '## Key messages\n- Our calm showroom.\n- Casual wear for the garden.\n## Tone\nFormal.',
    '## Budget\n5,000 €\n## Offer\nSpade for 39 €.',
    '## Key messages\n- Standard room 90 € per night.\n- Suite 140 € per night.',
    '## Offer\n| Course | Price |\n|---|---|\n| Yoga | 90 € |\n| Pilates | 110 € |',
    '## Must say\n- "Prices exclude VAT."',
    '## Notes\nWe exclude nobody.\n',
    '## Key messages\n- Yoga for beginners takes 60 minutes.\n- 3 courses a week.\n- 12 places per course.',
    '## Offer\nBuy two spades, get 50 % off the second.\n## Key messages\n- 15 % off all spades for members.',
    'Versandkostenfrei ab 40 €. Spaten ab 39 €.\n',
    '## Key messages\n- Delivery within 2 to 3 days.\n- Express delivery within 24 hours.',
  ])('%j', async (more) => {
    expect((await read(more)).contradictions).toEqual([]);
  });
});

/** Answers the only contradiction with `answer`, and reads the brief again. */
async function decide(more: string, answer: string): Promise<Requirements> {
  const { contradictions } = await read(more);
  expect(contradictions).toHaveLength(1);
  const decided = await read(more, { [contradictions[0]?.id ?? '']: answer });
  expect(decided.contradictions).toEqual([]);
  return decided;
}

describe('an answer picks one', () => {
  test('of two discounts, one of which only a note to the makers tells', async () => {
    const more = '## Offer\n15 % off all spades. (Update from sales: it is 20 % now.)';
    expect((await decide(more, '20 %')).offer?.text).toBe('20 % off all spades.');
    const kept = await decide(more, '15 %');
    expect(kept.offer?.text).toBe('15 % off all spades.');
    expect(kept.notUsed.passages).toEqual([]);
  });

  test('of two ends of an offer, one of which a correction tells', async () => {
    const more =
      '## Dates\n- Offer ends: 3 May 2027\n\nCorrection: the offer ends on 5 May 2027.\n';
    const { deadlines } = await decide(more, 'Wednesday, 5 May 2027');
    expect(deadlines.map(({ date }) => date)).toEqual(['2027-05-05']);
  });

  test('of two ends without a year, with its year', async () => {
    const more = '## Dates\n- Offer ends: 3 May\n- Offer ends: 5 May';
    const { deadlines, missing } = await decide(more, '5 May 2027');
    expect({ dates: new Set(deadlines.map(({ date }) => date)), missing }).toEqual({
      dates: new Set(['2027-05-05']),
      missing: [],
    });
  });

  test('of two lengths of time, however they are written', async () => {
    const more = '## Key messages\n- Delivery within 3 days.\n- Delivery takes five days.';
    const { keyMessages } = await decide(more, 'five days');
    expect(keyMessages.map(({ text }) => text)).toContain('Delivery within five days.');
  });

  test('of two prices, also another one', async () => {
    const more =
      '## Key messages\n- The Classic spade is 39 euros.\n- Get the Classic spade for 45 euros.';
    const { keyMessages } = await decide(more, '42 euros');
    expect(keyMessages.map(({ text }) => text)).toContain('Get the Classic spade for 42 euros.');
  });

  test('of two tones in one statement', async () => {
    expect((await decide('Tone: formal and cheeky\n', 'formal')).tone?.text).toBe('formal');
  });

  test('of two tones, one of which nothing was taken from', async () => {
    const more = '## Tone\nFormal.\n## Notes\nKeep it casual and cheeky.';
    expect((await decide(more, '2')).tone?.text).toBe('casual, cheeky');
    expect((await decide(more, 'Formal')).tone?.text).toBe('Formal.');
  });

  test('whom to leave out', async () => {
    const more = '## Notes\nNo students, please.\n';
    expect((await decide(more, '2')).audience.map(({ name }) => name)).toEqual(['Gardeners']);
    expect((await decide(more, '1')).audience.map(({ name }) => name)).toEqual([
      'Gardeners',
      'Students',
    ]);
  });
});

test('an approval in the place of an answer decides nothing', async () => {
  const more = '## Offer\n15 % off all spades.\n## Notes\nCustomers get 20 % off all spades.';
  const { contradictions } = await read(more);
  const again = await read(more, { [contradictions[0]?.id ?? '']: 'approved' });
  expect(again.contradictions).toEqual(contradictions);
});
