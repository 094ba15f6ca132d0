import { expect, test } from 'vitest';

import { isKnownCode, isUnit } from './terminology.ts';

test.each([
  ['http://loinc.org', '8867-4', true],
  ['http://loinc.org', '8867-5', false],
  ['http://snomed.info/sct', '73211009', true],
  ['http://snomed.info/sct', '73211008', false],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'E11.9', true],
  ['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AMB', true],
  ['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'MRN0099817', false],
  ['https://clinic.example/codes', 'A1', false],
])('of %s, takes %s for a code: %s', (system, code, known) => {
  expect(isKnownCode(system, code)).toBe(known);
});

test('takes units of UCUM for units, and words for none', () => {
  const units = [
    'mg/dL',
    'mm[Hg]',
    'kg/m2',
    '/min',
    '%',
    '10*3/uL',
    'Cel',
    '[degF]',
    '{score}',
    'mmol/L',
    'mL/min/{1.73_m2}',
  ];
  expect(units.filter((unit) => !isUnit(unit))).toEqual(['mL/min/{1.73_m2}']);
  expect(['Erika', '{Erika}', 'per patient', '555 0147'].filter(isUnit)).toEqual([]);
});
