import { expect, test } from 'vitest';

import { cardDataDetector, scanContent } from '../index.ts';

const PAN = ['4111', '1111', '1111', '1111'].join('');
const typesIn = (text: string) => [...cardDataDetector.detect(text)].map(({ type }) => type);

test('what is found is named by its place, never by its value', () => {
  const { content } = scanContent({
    state: { draft: { lines: ['Ask bo@example.com'] } },
    output: { text: `card ${PAN}` },
  });
  expect(content.state).toEqual([{ path: 'state.draft.lines.0', type: 'EMAIL_ADDRESS' }]);
  expect(content.output).toEqual([{ path: 'output.text', type: 'CREDIT_CARD' }]);
  expect(JSON.stringify(content)).not.toMatch(/example\.com|4111/);
});

test('a key that holds data of a person is named by what it stands in', () => {
  const { content } = scanContent({ state: { people: { 'bo@example.com': 1 } } });
  expect(content.state).toEqual([{ path: 'state.people', type: 'EMAIL_ADDRESS' }]);
});

test('what cannot be looked through is said to be so', () => {
  const broken = {
    name: 'broken',
    detect: () => {
      throw new Error('no model');
    },
  };
  const { content } = scanContent({ state: 'text', output: 'text' }, { detectors: [broken] });
  expect(content.unscannable).toEqual(['state', 'output']);
  expect(content.detectors).toContain('broken');
  expect(
    scanContent({ output: 'x'.repeat(40) }, { maxCharacters: 20 }).content.unscannable,
  ).toEqual(['output']);
  expect(scanContent({ state: { at: new Date() } }).content.unscannable).toEqual(['state']);
});

test.each([
  ['411111******1111', { first: 6, last: 4, digits: 16 }],
  ['4111 11** **** 1111', undefined],
  ['************1111', { first: 0, last: 4, digits: 16 }],
  ['41111111XXXX1111', { first: 8, last: 4, digits: 16 }],
])('a card number shown as %s is told by its legible digits', (text, shown) => {
  const { cardsShown } = scanContent({ output: { receipt: text }, roles: ['desk'] });
  const expected = { path: 'output.receipt', roles: ['desk'], ...shown };
  expect(cardsShown).toEqual(shown === undefined ? [expect.anything()] : [expected]);
});

test.each([
  ['a track', ['%B', PAN, '^DOE/JO^29121010000'].join(''), 'CARD_TRACK'],
  ['a second track', [';', PAN, '=29121010000?'].join(''), 'CARD_TRACK'],
  ['a code with its name', 'CVV: 123', 'CARD_VERIFICATION_CODE'],
  ['a code as JSON', '"cvc2":"1234"', 'CARD_VERIFICATION_CODE'],
  ['a PIN block', 'pin block = 0412AC89ABCDEF67', 'CARD_PIN_BLOCK'],
])('%s is found', (_what, text, type) => {
  expect(typesIn(text)).toEqual([type]);
});

test.each([
  ['a bare number of three digits', 'Room 123'],
  ['a digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['an equation', '12 = 3456789'],
  ['a word that ends like a code', 'placid 1234'],
])('%s is not taken for card data', (_what, text) => {
  expect(typesIn(text)).toEqual([]);
});
