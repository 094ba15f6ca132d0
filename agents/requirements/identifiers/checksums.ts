/**
 * Tells whether the last digit of `digits` is the check digit of the others.
 *
 * @see ISO/IEC 7812-1:2017, annex B (Luhn formula)
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Tells whether `iban` (upper case, no spaces) has the check digits that its other characters ask for.
 *
 * @see ISO 13616-1:2020, ISO/IEC 7064 (MOD 97-10)
 */
export function passesIbanCheck(iban: string): boolean {
  let remainder = 0;
  for (let index = 0; index < iban.length; index += 1) {
    const code = iban.charCodeAt((index + 4) % iban.length);
    const value = code < 58 ? code - 48 : code - 55;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
