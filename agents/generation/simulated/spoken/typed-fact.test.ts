import { expect, test } from 'vitest';

import { typedFact } from './typed-fact.ts';

test.each([
  [
    '15% off the yearly plan until 30 June 2027. More later',
    '15% off the yearly plan until 30 June 2027',
  ],
  [
    '20 % off all spring tool sets until 11 April 2027',
    '20 % off all spring tool sets until 11 April 2027',
  ],
  ['20% off tools for new customers', '20% off tools'],
  [
    '10 % Rabatt auf alle neuen Kurse bis 3. Mai 2027',
    '10 % Rabatt auf alle neuen Kurse bis 3. Mai 2027',
  ],
  ['30 % off if you book now', '30 % off'],
  ['20% off the first order that you make in our shop', '20% off the first order'],
  ['20% off the very first big spring order ever placed', '20% off'],
  ['A ticket costs 12 euros', '12 euros'],
])('what %j comes down to is whole', (text, fact) => {
  expect(typedFact(text)).toBe(fact);
});
