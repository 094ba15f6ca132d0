/** A value that belongs to a person, how it is announced in a text, and its type. */
export interface Canary {
  readonly type: string;
  readonly said: string;
  readonly value: string;
}

const canary = (type: string, value: string, before = ''): Canary => ({
  type,
  value,
  said: `${before}${value}`,
});

/** One of each class that can be found; written by us from the public definitions, and nobody's. */
export const CANARIES: readonly Canary[] = [
  canary('EMAIL_ADDRESS', 'quillon.canary7@vantreese.example'),
  canary('CREDIT_CARD', '4012 8888 8888 1881', 'card '),
  canary('IBAN_CODE', 'GB29NWBK60161331926819', 'IBAN '),
  canary('US_SSN', '536-22-4471', 'SSN '),
  canary('US_ITIN', '912-71-3456', 'ITIN '),
  canary('PHONE_NUMBER', '(212) 555-0187', 'phone '),
  canary('IP_ADDRESS', '203.0.113.77', 'seen from '),
  canary('MAC_ADDRESS', '02:1b:44:11:3a:b7', 'MAC '),
  canary('URL', 'https://vantreese.example/c/77'),
  canary('CRYPTO', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'wallet '),
  canary('US_PASSPORT', 'C03005988', 'passport '),
  canary('US_DRIVER_LICENSE', 'D1234567', 'driver license '),
  canary('US_BANK_NUMBER', '000823456789', 'bank account '),
  canary('US_MBI', '1EG4-TE5-MK73', 'Medicare '),
  canary('US_NPI', '1245319599', 'NPI '),
  canary('ABA_ROUTING_NUMBER', '121042882', 'routing number '),
  canary('UK_NHS', '943 476 5919', 'NHS number '),
  canary('UK_NINO', 'AB 12 34 56 C', 'national insurance '),
  canary('UK_POSTCODE', 'SW1A 2AA', 'postcode '),
  canary('MEDICAL_LICENSE', 'AB1234563', 'DEA '),
  canary('DATE_TIME', '12 March 1971', 'born '),
  canary('PASSWORD', 'tulip-Frost-7719!', 'password: '),
  canary('AWS_ACCESS_KEY', ['AKIA', 'QW7RT2ZX9KLM4NBV'].join('')),
  canary('GITHUB_TOKEN', ['ghp', '_', 'a8K2mQ9xR4tW7zB1cV6nL3pS5dF0gH2jJ4kM'].join('')),
];

/** A name, which nothing of ours can find by itself. */
export const NAME = 'Quillon Vantreese';

/** All of them in one text. */
export const EVERYTHING = `${NAME}: ${CANARIES.map(({ said }) => said).join('; ')}.`;

/** Which canaries a text holds, also where it was escaped as JSON or in an address. */
export function found(text: string, values: readonly string[] = VALUES): readonly string[] {
  return values.filter(
    (value) =>
      text.includes(value) ||
      text.includes(encodeURIComponent(value)) ||
      text.includes(JSON.stringify(value).slice(1, -1)) ||
      text.includes(Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -2)),
  );
}

/** The values, without the name. */
export const VALUES: readonly string[] = CANARIES.map(({ value }) => value);
