import { z } from 'zod';

import { defineCheck, fail, noPersonalData, pass, type Check } from '../../validation/index.ts';
import { figuresTraced } from '../write-texts.ts';
import { draftFacts } from './draft-letter.ts';
import { Deidentified, Draft, Letter, Referral, Review, type Bundle } from './facts.ts';
import { resourcesOf } from './select-record.ts';

/** What of a person identifies them: names and dates of birth, and everything else. */
type Kind = 'name' | 'other';

/** Kept as it is written: shorter pieces stand in every text. */
const SHORTEST = 3;

interface Silence {
  readonly id: string;
  /** The phase whose artifact is looked through. */
  readonly phase: string;
  readonly artifact: z.ZodType;
  /** What must not stand in it. */
  readonly kinds: readonly Kind[];
  readonly message: string;
}

/** Makes a check that an artifact holds none of the words and numbers by which the record names its persons. */
function silentOf({ id, phase, artifact, kinds, message }: Silence): Check {
  return defineCheck({
    id,
    version: `1 ${phase} ${kinds.join(' ')}`,
    reads: z.object({
      input: z.object({ bundle: Referral.shape.bundle }),
      artifacts: z.object({ [phase]: artifact }),
    }),
    message,
    remedy: 'Take it out of the text, and say "the patient".',
    evaluate: ({ input, artifacts }) => {
      const text = JSON.stringify(artifacts[phase]).toLowerCase();
      const found = identifiersIn(input.bundle, kinds).some((value) => stands(value, text));
      return found ? fail({ paths: [`artifacts.${phase}`] }) : pass();
    },
  });
}

const TextOf = z.union([z.string(), z.number()]).transform(String);
const Person = z.object({
  name: z
    .array(z.object({ family: TextOf.optional(), given: z.array(TextOf).optional() }))
    .default([]),
  birthDate: z.string().optional(),
  telecom: z.array(z.object({ value: TextOf.optional() })).default([]),
  address: z
    .array(
      z.object({
        line: z.array(TextOf).default([]),
        city: TextOf.optional(),
        postalCode: TextOf.optional(),
      }),
    )
    .default([]),
  identifier: z.array(z.object({ value: TextOf.optional() })).default([]),
});

function identifiersIn(bundle: Bundle, kinds: readonly Kind[]): readonly string[] {
  const persons = ['Patient', 'RelatedPerson'].flatMap((type) => resourcesOf(bundle, type));
  const values = persons.flatMap((resource) => {
    const { name, birthDate, telecom, address, identifier } = Person.parse(resource);
    const names = [...name.flatMap(({ family, given = [] }) => [family, ...given]), birthDate];
    const others = [
      ...telecom.map(({ value }) => value),
      ...address.flatMap(({ line, city, postalCode }) => [...line, city, postalCode]),
      ...identifier.map(({ value }) => value),
    ];
    return [...(kinds.includes('name') ? names : []), ...(kinds.includes('other') ? others : [])];
  });
  return values.flatMap((value) =>
    value === undefined || value.length < SHORTEST ? [] : [value.toLowerCase()],
  );
}

/** Stands in the text as a word of its own. */
function stands(value: string, text: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + value.length] ?? ' '}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

const ALL: readonly Kind[] = ['name', 'other'];

/** Nothing of the record's persons stands in what a letter is written from. */
export const extractSilent = silentOf({
  id: 'referral.extract-unidentified',
  phase: 'deidentification',
  artifact: Deidentified,
  kinds: ALL,
  message: 'What the letter is to be written from says who the patient is.',
});

/** Nothing that has the form of an identifier stands in it either. */
export const extractClean = noPersonalData({
  id: 'referral.extract-clean',
  artifacts: ['deidentification'],
  types: [
    'EMAIL_ADDRESS',
    'PHONE_NUMBER',
    'US_SSN',
    'US_MBI',
    'US_DRIVER_LICENSE',
    'UK_NHS',
    'IP_ADDRESS',
    'CREDIT_CARD',
    'IBAN_CODE',
    'DATE_TIME',
  ],
});

/** Nothing of them stands in the draft. */
export const draftSilent = silentOf({
  id: 'referral.draft-unidentified',
  phase: 'draft',
  artifact: Draft,
  kinds: ALL,
  message: 'The draft says who the patient is.',
});

/** Nothing of them stands in the texts as the reviewer left them. */
export const reviewSilent = silentOf({
  id: 'referral.review-unidentified',
  phase: 'review',
  artifact: Review,
  kinds: ALL,
  message: 'The reviewed texts say who the patient is.',
});

/** The letter names the patient, and tells no address, number or contact of them. */
export const letterMinimal = silentOf({
  id: 'referral.letter-minimal',
  phase: 'letter',
  artifact: Letter,
  kinds: ['other'],
  message: 'The letter tells more of the patient than a name and a date of birth.',
});

/** No figure of the draft is made up. */
export const draftTraced = figuresTraced({
  id: 'referral.draft-traced',
  reads: z.object({
    input: z.object({ about: Referral.shape.about }),
    artifacts: z.object({ deidentification: Deidentified, draft: Draft }),
  }),
  path: 'artifacts.draft.texts',
  texts: ({ artifacts: { draft } }) => Object.values(draft.texts),
  sources: (facts) => draftFacts(facts),
});
