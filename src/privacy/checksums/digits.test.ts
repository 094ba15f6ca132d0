import { expect, test } from 'vitest';

import { passesLuhn, passesMod97 } from '../index.ts';

test('checksums agree with published examples', () => {
  expect(passesLuhn('79927398713')).toBe(true);
  expect(passesLuhn('79927398710')).toBe(false);
  expect(passesMod97('GB82WEST12345698765432')).toBe(true);
  expect(passesMod97('GB83WEST12345698765432')).toBe(false);
});
