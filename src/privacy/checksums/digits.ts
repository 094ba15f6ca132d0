/**
 * Tells whether the last of the digits is the check digit of the others.
 *
 * @param digits - ASCII digits and nothing else.
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
 * Tells whether an IBAN has the check digits that its other characters ask for: the first four are moved to the end, and what
 * that spells leaves a remainder of 1.
 *
 * @param code - Letters and digits without spaces.
 * @see ISO 13616-1:2020, ISO/IEC 7064 (MOD 97-10)
 */
export function passesMod97(code: string): boolean {
  let remainder = 0;
  for (const letter of code.slice(4) + code.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** The check digit of a routing number: weights 3, 7, 1 (ABA). */
export function passesRouting(digits: string): boolean {
  const weights = [3, 7, 1];
  const sum = weighted(digits, (index) => weights[index % 3] ?? 0);
  return sum % 10 === 0 && sum > 0;
}

/** The check digit of an NHS number: weights 10 to 2, modulo 11. */
export function passesNhs(digits: string): boolean {
  const check = 11 - (weighted(digits.slice(0, 9), (index) => 10 - index) % 11);
  return check !== 10 && check % 11 === Number(digits[9]);
}

/** The check digit of a DEA number: odd places once, even places twice, the last digit of the sum. */
export function passesDea(digits: string): boolean {
  const sum = weighted(digits.slice(0, 6), (index) => (index % 2 === 0 ? 1 : 2));
  return sum % 10 === Number(digits[6]);
}

/** The check digit of a provider: Luhn over 80840 and the number (CMS). */
export function passesNpi(digits: string): boolean {
  return passesLuhn(`80840${digits}`);
}

function weighted(digits: string, weightOf: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    sum += (digits.charCodeAt(index) - 48) * weightOf(index);
  }
  return sum;
}
