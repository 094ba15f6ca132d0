import { z } from 'zod';

import { definePlugin } from '../../../../contract/index.ts';
import { pureOperation } from '../../../operation.ts';
import { deidentify } from './deidentify.ts';
import { FhirReport } from './removals.ts';

const Order = z.strictObject({
  /** A resource or bundle of FHIR R4, as JSON. */
  resource: z.record(z.string(), z.json()),
  options: z
    .strictObject({
      /** The day that ages are counted up to; today unless told. */
      asOf: z.iso.date().optional(),
      /** `remove` takes every text that somebody wrote; `redact` leaves what nothing was found in. */
      freeText: z.enum(['remove', 'redact']).default('remove'),
      /** Base64 of 32 bytes and more: ids and identifiers become the same pseudonyms in every call with it. */
      key: z
        .string()
        .regex(/^[A-Za-z0-9+/_-]{43,512}={0,2}$/)
        .optional(),
    })
    .prefault({}),
});
const Answer = z.strictObject({
  outcome: z.enum(['deidentified', 'refused']),
  resource: z.json(),
  report: FhirReport,
});

const EXAMPLE = {
  resource: {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      {
        fullUrl: 'urn:uuid:0f8e2b64-51c2-4a3b-9f2e-6a1a3c7d5e10',
        resource: {
          resourceType: 'Patient',
          id: 'example-1',
          name: [{ family: 'Muster', given: ['Erika'] }],
          gender: 'female',
          birthDate: '1974-12-25',
          address: [{ line: ['1 Sample Street'], city: 'Sampletown', state: 'CA', country: 'US' }],
        },
      },
      {
        fullUrl: 'urn:uuid:7b1c9a52-0a4e-4b39-8b0e-2d5f6a7c8e11',
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
          subject: { reference: 'urn:uuid:0f8e2b64-51c2-4a3b-9f2e-6a1a3c7d5e10' },
          effectiveDateTime: '2026-02-03T10:15:00Z',
          valueQuantity: { value: 72, system: 'http://unitsofmeasure.org', code: '/min' },
        },
      },
    ],
  },
  options: { asOf: '2026-03-01' },
} as const;

/**
 * Takes what identifies a person out of FHIR R4 resources, by the list of Safe Harbor (45 CFR 164.514(b)(2)). What is not known
 * to be harmless goes.
 */
export const fhirDeidentifier = definePlugin({
  manifest: {
    id: 'phasegate.fhir-deidentifier',
    version: '1.0.0',
    kind: 'data-processor',
    title: 'FHIR R4 de-identification',
    description:
      'Removes or generalises the eighteen identifiers of Safe Harbor in FHIR R4 resources and bundles, and reports what by path ' +
      'and class. Unknown resources, elements, extensions and codes are dropped.',
    publisher: 'phasegate',
    engines: { phasegate: '*' },
    permissions: { time: true },
    limits: { outputKb: 16_384, wallMs: 30_000 },
    industries: ['healthcare'],
    standards: ['hipaa'],
    contributes: {
      operations: [
        pureOperation('deidentify', 'De-identifies a FHIR R4 resource or bundle.', {
          input: Order,
          output: Answer,
          examples: [EXAMPLE],
        }),
      ],
    },
  },
  execute: async (_operation, input, host) => {
    const { resource, options } = Order.parse(input);
    const { asOf = await host.now(), freeText, key } = options;
    return {
      ...deidentify(resource, {
        year: Number(asOf.slice(0, 4)),
        freeText,
        key: key === undefined ? undefined : Buffer.from(key, 'base64'),
      }),
    };
  },
});
