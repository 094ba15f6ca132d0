import { describe, expect, test } from 'vitest';

import type { Requirements } from '../../artifact.ts';
import { readBrief } from '../../testing/run-requirements.ts';

const SENDER =
  'Sender: Example Baths, 1 Example Street, Exampleton EX1 1AA, hello@baths.example.com';
const BUTTON = 'Button: Book at https://baths.example.com';

const read = (words: string, answers: Record<string, string> = {}): Promise<Requirements> =>
  readBrief(`${words}\n\n${BUTTON}\n${SENDER}\n`, answers);

const disputed = async (words: string): Promise<readonly string[]> =>
  (await read(words)).contradictions.map(({ field }) => field);

describe('asks about two dates of one event in prose', () => {
  test.each([
    'The hall opens on 1 February 2027. Actually Tom says it opens on 15 February 2027.',
    'The hall opens on 1 February 2027. Sorry, 15 February 2027.',
    'The hall opens on 1 February 2027. We are glad. The new hall opens on 15 February 2027.',
    'The hall opens on 1 February 2027, actually it opens on 15 February 2027.',
    'The hall opens on 1 February 2027. No, it opens on 15 February.',
    'Key messages:\n- The hall opens on 1 February 2027.\n\nTom says that the hall opens on 15 February 2027.',
    'Die Halle öffnet am 1. Februar 2027. Tom sagt, sie öffnet am 15. Februar 2027.',
    'Das Konzert findet am 1. Februar 2027 statt. Eigentlich findet es am 15. Februar 2027 statt.',
    'La salle ouvre le 1 février 2027. En fait elle ouvre le 15 février 2027.',
    'La sala abre el 1 de febrero de 2027. En realidad abre el 15 de febrero de 2027.',
    'La sala apre il 1 febbraio 2027. In realtà apre il 15 febbraio 2027.',
    'De zaal opent op 1 februari 2027. Eigenlijk opent hij op 15 februari 2027.',
    'A sala abre em 1 de fevereiro de 2027. Na verdade abre em 15 de fevereiro de 2027.',
  ])('%j', async (words) => {
    expect(await disputed(words)).toEqual(['deadlines']);
  });
});

describe('asks nothing about dates of different things', () => {
  test.each([
    'The hall opens on 1 February 2027. The pool opens on 15 February 2027.',
    'The hall in Bath opens on 1 February 2027. The hall in Bristol opens on 15 February 2027.',
    'The hall in Bath opens on 1 February 2027. The hall opens on 15 February 2027.',
    'The course starts on 1 February 2027. It starts again on 15 February 2027.',
    'The hall opens on 1 February 2027. It closes on 15 February 2027.',
    'Registration opens on 1 February 2027 and closes on 15 February 2027.',
    'Early-bird booking closes on 1 February 2027. Booking closes on 15 February 2027.',
    'The offer ends 1 February 2027, i.e. before opening. The hall opens on 15 February 2027.',
    'Last year the fair took place on 1 February 2026. This year the fair takes place on 15 February 2027.',
    'Dates:\n- Reminder: 3 May 2027\n- Reminder: 9 May 2027',
    'First email to dealers: 3 May 2027\nFirst email to schools: 9 May 2027',
  ])('%j', async (words) => {
    expect(await disputed(words)).toEqual([]);
  });
});

describe('the end of an offer and the last mailing are two things', () => {
  test.each([
    ['Offer: 10 % off until 31 October 2027\nLast mailing: 25 October 2027', 'en'],
    ['Offer: 10 % off until 31 October 2027\n\nThe last email goes out on 25 October 2027.', 'en'],
    ['Angebot: 10 % Rabatt, gültig bis 31.10.2027\nLetzter Versand: 25.10.2027', 'de'],
    ['Das Angebot ist gültig bis 31.10.2027. Letzter Versand 25.10.2027.', 'de'],
    ['Termine:\n- Angebot gültig bis 31.10.\n- Letzter Versand 25.10.', 'de'],
    [
      'Offre : 10 % de remise jusqu’au 31 octobre 2027\nDates : dernier envoi le 25 octobre 2027',
      'fr',
    ],
    [
      'Oferta: 10 % de descuento hasta el 31 de octubre de 2027\nFechas: último envío el 25 de octubre de 2027',
      'es',
    ],
    [
      'Offerta: 10 % di sconto fino al 31 ottobre 2027\nDate importanti: ultimo invio il 25 ottobre 2027',
      'it',
    ],
    [
      'Aanbieding: 10 % korting tot 31 oktober 2027\nPlanning: laatste verzending op 25 oktober 2027',
      'nl',
    ],
    [
      'Oferta: 10 % de desconto até 31 de outubro de 2027\nPrazos: último envio em 25 de outubro de 2027',
      'pt',
    ],
  ])('%j', async (words) => {
    expect(await disputed(words)).toEqual([]);
  });

  test('two dates of the last mailing are asked about', async () => {
    expect(
      await disputed(
        'Last mailing: 25 October 2027\n\nThe last email goes out on 20 October 2027.',
      ),
    ).toEqual(['deadlines']);
  });
});

describe('asks about an offer that ends before the first email goes out', () => {
  test.each([
    'The offer ends 10 January 2027; the first mail goes out on 20 January 2027.',
    'The offer ends 10 January 2027, i.e. before opening; the first mail goes out on 20 January 2027.',
    'The offer ends on 10 January 2027 and the first email goes out on 20 January 2027.',
    'Das Angebot endet am 10. Januar 2027. Die erste Mail geht am 20. Januar 2027 raus.',
    'L’offre est valable jusqu’au 10 janvier 2027. Le premier envoi part le 20 janvier 2027.',
    'La oferta termina el 10 de enero de 2027. El primer correo sale el 20 de enero de 2027.',
    'L’offerta termina il 10 gennaio 2027. La prima e-mail parte il 20 gennaio 2027.',
    'De aanbieding eindigt op 10 januari 2027. De eerste mail gaat op 20 januari 2027 uit.',
    'A oferta termina em 10 de janeiro de 2027. O primeiro e-mail sai em 20 de janeiro de 2027.',
  ])('%j', async (words) => {
    expect(await disputed(words)).toEqual(['deadlines']);
  });
});

test('a day and month without the year are a date, whose year is asked for', async () => {
  const { deadlines, questions } = await read('Termine:\n- Angebot gültig bis 31.10.');
  expect(deadlines).toMatchObject([{ text: 'Angebot gültig bis 31.10.', date: null }]);
  expect(questions.map(({ id }) => id)).toContain('date-31-10');
});
