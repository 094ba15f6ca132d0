import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { figuresIn } from './figures.ts';
import { heldFigures } from './held-figures.ts';

const keys = (text: string, language = 'en') =>
  figuresIn(text, language).flatMap((figure) => figure.keys);

describe('figuresIn', () => {
  test.each([
    ['20 %', 'en', ['percent:20']],
    ['20%', 'en', ['percent:20']],
    ['twenty percent', 'en', ['percent:20']],
    ['20 Prozent', 'de', ['percent:20']],
    ['1.299,00 €', 'de', ['money:EUR:1299']],
    ['€1,299', 'en', ['money:EUR:1299', 'money:EUR:1.299']],
    ['EUR 1 299,00', 'fr', ['money:EUR:1299']],
    ["CHF 1'299.50", 'de', ['money:CHF:1299.5']],
    ['49,- €', 'de', ['money:EUR:49']],
    ['$2 million', 'en', ['money:USD:2000000']],
    ['20k', 'en', ['number:20000']],
    ['15. März 2027', 'de', ['date:2027-03-15']],
    ['2027-03-15', 'en', ['date:2027-03-15']],
    ['March 15, 2027', 'en', ['date:2027-03-15']],
    ['the 15th of March', 'en', ['date:--03-15']],
    ['15 de marzo de 2027', 'es', ['date:2027-03-15']],
    ['le 1er mars 2027', 'fr', ['date:2027-03-01']],
    ['15.03.2027', 'de', ['date:2027-03-15']],
    ['03/04/2027', 'en', ['date:2027-04-03', 'date:2027-03-04']],
    ['March 2027', 'en', ['date:2027-03']],
    ['18:30', 'en', ['time:18:30']],
    ['6.30 pm', 'en', ['time:18:30']],
    ['18 Uhr', 'de', ['time:18:00']],
    ['twelve stations', 'en', ['number:12']],
    ['zwölf Stationen', 'de', ['number:12']],
    ['fünfundzwanzig Plätze', 'de', ['number:25']],
    ['twenty-five seats', 'en', ['number:25']],
    ['der dritte Termin', 'de', ['number:3']],
    ['\uFF12\uFF10\uFF05', 'en', ['percent:20']],
    ['2\u200B0 %', 'en', ['percent:20']],
    ['\u0662\u0660 %', 'en', ['percent:20']],
    ['no figure at all', 'en', []],
  ])('reads %j in %s as %j', (text, language, expected) => {
    expect(keys(text, language)).toEqual(expected);
  });

  test('finds a number that stands anywhere in any text', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 10_001, max: 99_999 }),
        fc.string(),
        (before, number, after) => {
          expect(keys(`${before} x ${number} x ${after}`)).toContain(`number:${number}`);
        },
      ),
    );
  });

  test('stays quick on hostile input', () => {
    const started = performance.now();
    figuresIn('1'.repeat(50_000) + '1.'.repeat(20_000) + '1 '.repeat(20_000), 'en');
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('heldFigures', () => {
  const held = heldFigures(['Ends 15 March 2027, 20 % off'], 'en');
  const holds = (text: string) => figuresIn(text, 'en').every((figure) => held.holds(figure));

  test('holds a date in another notation, its day without the year, and its year', () => {
    expect(holds('2027-03-15')).toBe(true);
    expect(holds('on March 15')).toBe(true);
    expect(holds('in 2027')).toBe(true);
  });

  test('does not hold another unit of the same number', () => {
    expect(holds('20 €')).toBe(false);
    expect(holds('20 places')).toBe(false);
  });

  test('does not add a year that was not said', () => {
    const dayOnly = heldFigures(['Ends 15 March'], 'en');
    expect(figuresIn('15 March 2028', 'en').every((figure) => dayOnly.holds(figure))).toBe(false);
  });
});
