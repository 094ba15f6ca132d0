import { SECRET_TYPES } from './finding.ts';

/** What a policy names: kinds of data that are treated alike. */
export type DataClass = 'identifier' | 'secret' | 'contact' | 'technical' | 'time' | 'other';

/** The classes of what is looked for; a type of an own detector is `other`. */
export const DATA_CLASSES: Readonly<Record<Exclude<DataClass, 'other'>, readonly string[]>> =
  Object.freeze({
    /** Numbers that name one person, account or wallet. */
    identifier: Object.freeze([
      'CREDIT_CARD',
      'IBAN_CODE',
      'US_SSN',
      'US_ITIN',
      'US_PASSPORT',
      'US_DRIVER_LICENSE',
      'US_BANK_NUMBER',
      'US_MBI',
      'US_NPI',
      'ABA_ROUTING_NUMBER',
      'UK_NHS',
      'UK_NINO',
      'MEDICAL_LICENSE',
      'MEDICAL_RECORD_NUMBER',
      'CRYPTO',
    ]),
    secret: SECRET_TYPES,
    contact: Object.freeze(['EMAIL_ADDRESS', 'PHONE_NUMBER', 'UK_POSTCODE']),
    technical: Object.freeze(['IP_ADDRESS', 'MAC_ADDRESS', 'URL']),
    time: Object.freeze(['DATE_TIME']),
  });

const CLASSES = new Map<string, DataClass>(
  Object.entries(DATA_CLASSES).flatMap(([name, types]) =>
    types.map((type): [string, DataClass] => [type, name as DataClass]),
  ),
);

/** Gives the class of a type that was found. */
export function classOfType(type: string): DataClass {
  return CLASSES.get(type) ?? 'other';
}
