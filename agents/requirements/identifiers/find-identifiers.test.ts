import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { findIdentifiers, maskText } from './find-identifiers.ts';

const found = (text: string): (readonly [string, string])[] =>
  findIdentifiers(text).map(({ type, start, end }) => [type, text.slice(start, end)] as const);

describe('finds', () => {
  test.each([
    ['ssn', '078-05-1120'],
    ['ssn', '078 05 1120'],
    ['ssn', '078\u201105\u20111120'],
    ['ssn', '０78-05-1120'],
    ['ssn', '0**78-05**-1120'],
    ['ssn', '078-\u200b05-1120'],
    ['payment-card', '4111 1111 1111 1111'],
    ['payment-card', '4111111111111111'],
    ['payment-card', '5500-0000-0000-0004'],
    ['iban', 'DE89 3704 0044 0532 0130 00'],
    ['iban', 'GB82WEST12345698765432'],
    ['national-id', 'QQ123456C'.replace('QQ', 'AB')],
  ])('%s in %j', (type, identifier) => {
    expect(found(`Note: ${identifier}, see file.`)).toEqual([[type, identifier]]);
  });

  test.each([
    ['record-number', 'MRN: 4455667', '4455667'],
    ['record-number', 'Patientennummer 88-1234', '88-1234'],
    ['passport', 'passport no. C01X00T47', 'C01X00T47'],
    ['date-of-birth', 'born on 12/03/1980', '12/03/1980'],
    ['date-of-birth', 'geb. 3. März 1980', '3. März 1980'],
    ['phone', 'mobile: +1 202 555 0143', '+1 202 555 0143'],
    ['email', 'to jane.sample@private.example.com', 'jane.sample@private.example.com'],
  ])('%s behind its label in %j', (type, text, identifier) => {
    expect(found(`${text}.`)).toEqual([[type, identifier]]);
  });

  test.each([
    ['iban', 'DE89.3704.0044.0532.0130.00'],
    ['iban', 'DE89 3704|0044 0532|0130 00'],
    ['payment-card', '4111,1111,1111,1111'],
    ['payment-card', '4111:1111:1111:1111'],
    ['payment-card', '4111 (1111) 1111 1111'],
    ['payment-card', '④①①① ①①①① ①①①① ①①①①'],
    ['payment-card', '\u{1d7dc}111 1111 1111 1111'],
    ['payment-card', '➍111 1111 1111 1111'],
    ['ssn', '078/05/1120'],
    ['ssn', '078_05_1120'],
    ['ssn', '078·05·1120'],
    ['ssn', '\u{1d7ce}78-05-112\u{1d7ce}'],
    ['ssn', '\u0ae6\u0aed\u0aee-05-1120'],
    ['email', 'jane.sample (at) private.example.com'],
    ['email', 'jane.sample [at] private [dot] example.com'],
    ['telephone', '(202) 555-0143'],
    ['telephone', '0171/1234567'],
    ['telephone', '+49 171 1234567'],
  ])('%s written as %j', (type, identifier) => {
    expect(found(`Note: ${identifier}, see file.`)).toEqual([[type, identifier]]);
  });

  test.each([
    ['ssn', 'SSN# 078 051120', '078 051120'],
    ['ssn', 'SSN 07805 1120', '07805 1120'],
    ['ssn', 'SSN (078) 05-1120', '(078) 05-1120'],
    ['record-number', 'M.R.N. 4455667', '4455667'],
    ['record-number', 'hospital number 99887766', '99887766'],
    ['record-number', 'chart 4455667', '4455667'],
    ['record-number', 'insurance policy A123456789', 'A123456789'],
    ['date-of-birth', 'born in March, 12th 1980', 'March, 12th 1980'],
  ])('%s behind its label in %j too', (type, text, identifier) => {
    expect(found(`${text}.`)).toEqual([[type, identifier]]);
  });

  test.each([
    ['customer number 88213', '88213'],
    ['account no. 4455667', '4455667'],
    ['Invoice INV-2027-0042', 'INV-2027-0042'],
    ['order number: 1234567890123', '1234567890123'],
    ['membership no 55667', '55667'],
    ['policy number 445566', '445566'],
    ['case number 2027/1234', '2027/1234'],
    ['Rechnung 4711', '4711'],
    ['Rechnungsnummer 2027-4711', '2027-4711'],
    ['Kundennummer 88213', '88213'],
    ['Kunden-Nr. 88213', '88213'],
    ['Kontonummer: 4455667', '4455667'],
    ['Vertragsnummer 99-1234', '99-1234'],
    ['Aktenzeichen 12 O 345/27', '12 O 345/27'],
    ['numéro de client 88213', '88213'],
    ['n° de compte 4455667', '4455667'],
    ['facture 4711', '4711'],
    ['número de cuenta 4455667', '4455667'],
    ['n.º de pedido 88213', '88213'],
    ['numero cliente 88213', '88213'],
    ['codice cliente 88213', '88213'],
    ['klantnummer 88213', '88213'],
    ['rekeningnummer 4455667', '4455667'],
    ['número de sócio 88213', '88213'],
    ['número da conta 4455667', '4455667'],
  ])('the number of a record in %j', (text, identifier) => {
    expect(found(`(${text}, see file)`)).toEqual([['record-number', identifier]]);
  });

  test.each([
    ['Our patient (88213) comes', '88213'],
    ['the patient Jane Sample (88213)', '88213'],
    ['customer (no. 88213) asked', '88213'],
    ['patients (88213 and 88214)', '88213 88214'],
    ['Kunden Nr. 88213', '88213'],
    ['Kunde Nr. 88213', '88213'],
    ['Kunde 88213 schreibt', '88213'],
    ['Patientin (88213)', '88213'],
    ['account 4455667', '4455667'],
    ['customer #88213', '88213'],
    ['customers no. 88213 and 88214', '88213 88214'],
    ['customer numbers 88213, 88214 and 88215', '88213 88214 88215'],
    ['patients 88213 and 88214', '88213 88214'],
    ['Patientennummern 88213 und 88214', '88213 88214'],
    ['Kundennummern: 88213, 88214', '88213 88214'],
    ['Konten 4455667 und 4455668', '4455667 4455668'],
    ['numéros de client 88213 et 88214', '88213 88214'],
    ['le client (88213)', '88213'],
    ['compte 4455667', '4455667'],
    ['cliente nº 88213', '88213'],
    ['clientes (88213 y 88214)', '88213 88214'],
    ['pazienti 88213 e 88214', '88213 88214'],
    ['conto 4455667', '4455667'],
    ['klantnummers 88213 en 88214', '88213 88214'],
    ['patiënt 88213', '88213'],
    ['números de sócio 88213 e 88214', '88213 88214'],
    ['utente (88213)', '88213'],
  ])('the numbers of records without a word for a number, or several: %j', (text, numbers) => {
    expect(found(`Note: ${text}, see file.`)).toEqual(
      numbers.split(' ').map((number) => ['record-number', number]),
    );
  });

  test('a card number behind other numbers', () => {
    expect(found('7 12 4111 1111 1111 1111')).toEqual([['payment-card', '4111 1111 1111 1111']]);
  });
});

test.each([
  '20 % off until 11 April 2027',
  'write to hello@shop.example.com',
  '01-04-2027, 01/04/2027 and 2027-04-01',
  'loans: 800, 12,000 titles, 40 euros, 1,500 sets',
  'the chart 2027-04-11 shows 365 days, 24 hours',
  'open 09:00 - 17:00 on 3 and 4 April 2027, §§ 7, 8',
  'item number 1234567890123',
  'order number 12, customer notes 2027, member nominations 2027',
  'our 4711 customers, account for 1200 of 5000 orders',
  'Rechnung 2027, Rechnung 1200 €, Rechnung über 4711 Euro, Vertrag bis 2027',
  'card 4111 1111 1111 1112',
  'DE00 3704 0044 0532 0130 00',
  'patients who book before 30 April 2027',
  '300 customers, 3000 patients, members: 1500, Kunden 12000, clients (1200)',
  'our customers (1200 in 2026), members (since 1987), patients (2,500), accounts from 1500 euros',
  'customers 2027, patient 2027, patients 3000 per year, client 360, account 1200 €, member 10000',
  'order 500 mugs, the 12500 members, patients of 65 and 70 years, members 40 and 50',
  '12345 Musterstadt, § 7 UWG, Baureihe MW-400',
])('leaves %j alone', (text) => {
  expect(found(text)).toEqual([]);
});

test('masking once is enough', () => {
  const words = fc.constantFrom(
    '078-05-1120',
    '4111 1111 1111 1111',
    'MRN 4455667',
    'SSN',
    ' ',
    '1',
    '-',
    'a',
    '12/03/1980',
    'born ',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
      const masked = maskText(parts.join(' '));
      expect(masked).not.toContain('078-05-1120');
      expect(maskText(masked)).toBe(masked);
    }),
  );
});

test.each(['1 ', '1,', 'DE89 ', 'DE89.', 'mrn ', '123-45-', 'a@', 'a(at)', 'born ', '01 ', '①'])(
  'takes 1 MiB of %j in bounded time',
  (piece) => {
    const startedMs = performance.now();
    findIdentifiers(piece.repeat(2 ** 20 / piece.length));
    expect(performance.now() - startedMs).toBeLessThan(30_000);
  },
);
