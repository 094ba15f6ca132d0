import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { JsonValue } from '../../../../../kernel/index.ts';
import { deidentify, type Deidentified, type DeidentifyOptions } from './deidentify.ts';

const OPTIONS: DeidentifyOptions = { year: 2026, freeText: 'remove', key: undefined };
const KEY = new Uint8Array(32).fill(7);
const UUID = 'urn:uuid:0f8e2b64-51c2-4a3b-9f2e-6a1a3c7d5e10';
const LOINC = (code: string): JsonValue => ({ coding: [{ system: 'http://loinc.org', code }] });

/** Everything by which a made-up person could be known. */
const PATIENT: JsonValue = {
  resourceType: 'Patient',
  id: 'pat-4711',
  meta: { lastUpdated: '2026-02-03T10:15:00Z', source: 'https://clinic.example/ehr' },
  text: { status: 'generated', div: '<div>Erika Muster, born 1974</div>' },
  extension: [{ url: 'https://clinic.example/race', valueString: 'Secretrace' }],
  identifier: [
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
      system: 'https://clinic.example/mrn',
      value: 'MRN-99817',
      assigner: { display: 'Clinic of Sampletown' },
    },
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '536-22-1234' },
    { type: { coding: [{ code: 'DL' }] }, value: 'D1234567' },
    { type: { coding: [{ code: 'AN' }] }, value: 'ACC-5512' },
  ],
  name: [{ family: 'Muster', given: ['Erika', 'Anna'] }],
  telecom: [
    { system: 'phone', value: '+1 212 555 0147' },
    { system: 'fax', value: '+1 212 555 0148' },
    { system: 'email', value: 'erika@muster.example' },
    { system: 'url', value: 'https://muster.example' },
  ],
  gender: 'female',
  birthDate: '1974-12-25',
  _birthDate: { extension: [{ url: 'http://x.example', valueDateTime: '1974-12-25T04:30:00Z' }] },
  address: [
    {
      line: ['1 Sample Street'],
      city: 'Sampletown',
      state: 'CA',
      postalCode: '94110',
      country: 'US',
    },
    { text: 'Hut 7', state: 'Erikasburg' },
  ],
  maritalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }],
    text: 'Married to Max Muster',
  },
  photo: [{ contentType: 'image/png', data: 'aGFuZA==' }],
  contact: [{ name: { family: 'Relative' }, telecom: [{ system: 'phone', value: '555 0199' }] }],
  generalPractitioner: [{ reference: 'Practitioner/doc-1', display: 'Dr. Visible' }],
  'Erika Muster': 'a key that FHIR does not have',
};
const SECRETS = [
  'pat-4711',
  'Muster',
  'Erika',
  'Anna',
  'MRN-99817',
  '536-22',
  'D1234567',
  'ACC-5512',
  '555 0',
  '@',
  'example',
  '12-25',
  'Sample',
  '94110',
  'Hut',
  'burg',
  'aGFuZA',
  'Relative',
  'doc-1',
  'Visible',
  'Secretrace',
  '02-03',
];

function deidentified(resource: JsonValue, options: Partial<DeidentifyOptions> = {}): Deidentified {
  return deidentify(resource, { ...OPTIONS, ...options });
}

test('leaves of a patient what says nothing of who it is', () => {
  const { resource, report } = deidentified(PATIENT);
  expect(resource).toEqual({
    resourceType: 'Patient',
    id: 'r1',
    gender: 'female',
    birthDate: '1974',
    address: [{ state: 'CA', country: 'US' }],
    maritalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }],
    },
    generalPractitioner: [{ reference: 'Practitioner/r2' }],
  });
  expect(report.classes).toMatchObject({
    name: 2,
    address: 5,
    date: 2,
    phone: 1,
    fax: 1,
    email: 1,
    url: 2,
    'social-security-number': 1,
    'medical-record-number': 1,
    'licence-number': 1,
    'account-number': 1,
    photo: 1,
    narrative: 1,
    relative: 1,
    extension: 2,
    'unknown-element': 1,
  });
});

test.each([
  ['the rest', (all: Deidentified) => all.resource],
  ['the report', (all: Deidentified) => all.report],
] as const)('holds no value that was taken in %s', (_which, part) => {
  for (const key of [undefined, KEY])
    for (const freeText of ['remove', 'redact'] as const) {
      const text = JSON.stringify(part(deidentified(PATIENT, { key, freeText })));
      expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
    }
});

test('with a key, gives the same ids in every resource and call, and others with another key', () => {
  const observation: JsonValue = {
    resourceType: 'Observation',
    status: 'final',
    code: LOINC('8867-4'),
    subject: { reference: 'Patient/pat-4711' },
  };
  const patient = deidentified(PATIENT, { key: KEY }).resource as Record<string, JsonValue>;
  const found = deidentified(observation, { key: KEY }).resource;
  expect(found).toMatchObject({
    subject: { reference: `Patient/${JSON.stringify(patient['id']).slice(1, -1)}` },
  });
  expect(patient['identifier']).toHaveLength(4);
  const other = deidentified(PATIENT, { key: KEY.map((byte) => byte + 1) });
  expect(other.resource).not.toMatchObject({ id: patient['id'] });
});

test('keeps a bundle together: addresses, references and contained resources have one other id', () => {
  const { outcome, resource, report } = deidentified({
    resourceType: 'Bundle',
    type: 'transaction',
    timestamp: '2026-02-03T10:15:00Z',
    entry: [
      { fullUrl: UUID, request: { method: 'PUT', url: 'Patient/pat-4711' }, resource: PATIENT },
      {
        fullUrl: 'https://ehr.example/fhir/Encounter/e1',
        resource: {
          resourceType: 'Encounter',
          id: 'e1',
          status: 'finished',
          class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
          subject: { reference: UUID },
          period: { start: '2026-01-04', end: '2026-01-05T08:00:00+01:00' },
        },
      },
      {
        fullUrl: 'https://ehr.example/fhir/Condition/c1',
        resource: {
          resourceType: 'Condition',
          id: 'c1',
          contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ family: 'Visible' }] }],
          subject: { reference: UUID },
          encounter: { reference: 'Encounter/e1' },
          asserter: { reference: '#p' },
          recorder: { reference: 'https://elsewhere.example/fhir/Practitioner/p' },
        },
      },
      {
        fullUrl: 'urn:uuid:1f8e2b64-51c2-4a3b-9f2e-6a1a3c7d5e10',
        resource: { resourceType: 'Provenance', target: [] },
      },
    ],
  });
  const urn = expect.stringMatching(/^urn:uuid:00000000-0000-8000-8000-0{11}\d$/);
  expect(outcome).toBe('deidentified');
  expect(resource).toMatchObject({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: urn, resource: { id: expect.stringMatching(/^r\d+$/) } },
      {
        fullUrl: 'https://deidentified.invalid/Encounter/r4',
        resource: { id: 'r4', subject: { reference: urn }, period: { start: '2026', end: '2026' } },
      },
      {
        resource: {
          contained: [{ id: 'r6' }],
          encounter: { reference: 'Encounter/r4' },
          asserter: { reference: '#r6' },
        },
      },
    ],
  });
  const text = JSON.stringify(resource);
  const [first, second] = [...text.matchAll(/urn:uuid:[0-9a-f-]+/g)].map(([found]) => found);
  expect(second).toBe(first);
  expect(text).not.toContain('elsewhere');
  expect(report).toMatchObject({ resourcesIn: 5, resourcesOut: 4 });
  expect(report.classes['unknown-resource']).toBe(1);
});

test.each([
  ['a resource that is not read', { resourceType: 'Provenance' }],
  ['no resource', { name: 'Erika' }],
  ['what changes the meaning of the rest', { resourceType: 'Patient', modifierExtension: [] }],
  ['rules that are not known', { resourceType: 'Patient', implicitRules: 'http://x.example' }],
  ['an observation without a status', { resourceType: 'Observation', code: LOINC('8867-4') }],
  [
    'what nests without end',
    JSON.parse(`${'{"entry":['.repeat(100)}1${']}'.repeat(100)}`) as JsonValue,
  ],
] as const)('refuses %s', (_what, resource) => {
  expect(deidentified(resource)).toMatchObject({ outcome: 'refused', resource: null });
});

test('tells no age over 89: not by birth, by other dates, by amounts or by observations', () => {
  const old = {
    resourceType: 'Patient',
    birthDate: '1930-01-01',
    deceasedDateTime: '2025-02-03',
  };
  expect(deidentified(old).resource).toEqual({ resourceType: 'Patient', deceasedDateTime: '2025' });
  expect(deidentified({ ...old, birthDate: '1937-01-01' }).resource).toMatchObject({
    birthDate: '1937',
  });
  const condition = {
    resourceType: 'Condition',
    subject: { reference: 'Patient/1' },
    onsetAge: { value: 1104, system: 'http://unitsofmeasure.org', code: 'mo' },
    recordedDate: '1931',
  };
  const capped = { value: 90, comparator: '>=', system: 'http://unitsofmeasure.org', code: 'a' };
  expect(deidentified(condition).resource).toMatchObject({ onsetAge: capped });
  expect(deidentified(condition).resource).not.toHaveProperty('recordedDate');
  const age = { resourceType: 'Observation', status: 'final', code: LOINC('30525-0') };
  expect(deidentified({ ...age, valueQuantity: { value: 93, code: 'a' } }).resource).toMatchObject({
    valueQuantity: capped,
  });
  expect(deidentified({ ...age, valueInteger: 93 }).resource).not.toHaveProperty('valueInteger');
  expect(deidentified({ ...age, valueQuantity: { value: 93 } }).resource).not.toHaveProperty(
    'valueQuantity',
  );
});

test('keeps an observation valid whose code is nobody knows whose', () => {
  const { resource } = deidentified({
    resourceType: 'Observation',
    status: 'final',
    code: {
      coding: [{ system: 'https://clinic.example/codes', code: 'erika-test' }],
      text: 'Erika',
    },
    valueString: 'Erika says so',
    valueQuantity: { value: 5, unit: 'per Erika' },
  });
  expect(resource).toEqual({
    resourceType: 'Observation',
    status: 'final',
    code: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' },
      ],
    },
  });
});

test('empties documents, and leaves that there was one', () => {
  const { resource } = deidentified({
    resourceType: 'DocumentReference',
    status: 'current',
    description: 'Letter to Erika',
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          url: 'https://x.example/erika.pdf',
          title: 'Erika',
          data: 'RXJpa2E=',
        },
      },
      { attachment: { url: 'https://x.example/2' } },
    ],
  });
  expect(resource).toEqual({
    resourceType: 'DocumentReference',
    status: 'current',
    content: [
      { attachment: { contentType: 'application/pdf' } },
      { attachment: { contentType: 'application/octet-stream' } },
    ],
  });
});

test('redacts texts where that is asked for, with the names that stand elsewhere in the resource', () => {
  const note =
    'ERIKA called from 212-555-0147 on 2026-02-03 about a cough; write to erika@muster.example.';
  const patient = { resourceType: 'Patient', id: 'p', name: [{ text: 'Erika Muster' }] };
  const condition = {
    resourceType: 'Condition',
    subject: { reference: 'Patient/p' },
    note: [{ text: note }],
  };
  const bundle: JsonValue = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: patient }, { resource: condition }],
  };
  const text = JSON.stringify(deidentified(bundle, { freeText: 'redact' }).resource);
  expect(text).toContain(
    '<NAMED> called from <PHONE_NUMBER> on <DATE_TIME> about a cough; write to <EMAIL_ADDRESS>.',
  );
  expect(JSON.stringify(deidentified(bundle).resource)).not.toContain('cough');
});

test('lets no text through that was put anywhere, in a patient, an observation or a bundle', () => {
  const PLANTED = 'Zyxwvut Qwertz';
  const anywhere = fc.constantFrom(
    'identifier',
    'name',
    'telecom',
    'address',
    'birthDate',
    'gender',
    'maritalStatus',
    'contact',
    'link',
    'code',
    'status',
    'valueString',
    'valueQuantity',
    'note',
    'component',
    'subject',
    'text',
    'meta',
    'id',
    'language',
    'contained',
    'extension',
    'category',
    'performer',
    'referenceRange',
    PLANTED,
  );
  const planted: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<JsonValue>(PLANTED, [PLANTED], 7, true),
      fc.dictionary(
        fc.constantFrom(
          'coding',
          'system',
          'code',
          'display',
          'value',
          'unit',
          'text',
          'reference',
          'family',
          'div',
          'url',
          PLANTED,
        ),
        tie('value'),
        { maxKeys: 4 },
      ),
      fc.array(tie('value'), { maxLength: 2 }),
    ),
  })).value;
  fc.assert(
    fc.property(
      fc.constantFrom('Patient', 'Observation', 'Bundle', 'Condition', 'DocumentReference'),
      fc.dictionary(anywhere, planted, { maxKeys: 8 }),
      (resourceType, members) => {
        const all = deidentified({ status: 'final', ...members, resourceType });
        expect(JSON.stringify(all)).not.toContain('Zyxwvut');
      },
    ),
    { numRuns: 500 },
  );
});
