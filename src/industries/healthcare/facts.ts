import { z } from 'zod';

import { decisionAbout } from '../person-decides.ts';
import { personId } from '../person-id.ts';

const Text = z.string().trim().min(1).max(4000);
const Line = z.string().trim().min(1).max(200);
const Day = z.iso.date();
const Days = z.int().meta({ unit: 'days' });
const Count = z.int().min(0);
const Resource = z.looseObject({ resourceType: z.string() });

/** A bundle of FHIR R4 (4.0.1), as far as it is looked at here. */
export const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.looseObject({ fullUrl: z.string().optional(), resource: Resource }))
    .min(1)
    .max(5000),
});
export type Bundle = z.infer<typeof Bundle>;
export type Resource = z.infer<typeof Resource>;

export const SPECIALTIES = ['cardiology', 'dermatology', 'endocrinology', 'orthopaedics'] as const;

/** What the referral is about, in the referrer's words. No record of the patient stands in it. */
export const ReferralQuestion = z.strictObject({
  specialty: z.enum(SPECIALTIES),
  urgency: z.enum(['routine', 'urgent', 'two-weeks']),
  /** Whole days within which an answer is asked for. */
  answerWithin: Days.min(1),
  requestedOn: Day,
});

/** Kept under a key of the patient's own, which an erasure destroys. */
const ofPatient = { sensitive: true, subject: 'patient' };
const Patient = Line.max(100).regex(/^\S+$/);

/** A referral: who refers whom to whom, why, and the patient's record. */
export const Referral = z.strictObject({
  reference: Line,
  /** The patient's key in your own system, by which the person is found and erased; no name. */
  patient: Patient,
  purpose: z.enum(['treatment', 'payment', 'research', 'other']),
  about: ReferralQuestion,
  reason: Text.meta(ofPatient),
  question: Text.meta(ofPatient),
  referrer: z.strictObject({ id: personId(Line), name: Line, practice: Line }),
  recipient: z.strictObject({ name: Line, organisation: Line, address: Line }),
  consent: z.strictObject({
    given: z.boolean(),
    on: Day,
    /** Whether it covers records that are labelled as sensitive. */
    sensitive: z.boolean(),
  }),
  bundle: Bundle.meta(ofPatient),
});
export type Referral = z.infer<typeof Referral>;

/** The part of the record that this referral needs, and what was left out of it. */
export const Selection = z.strictObject({
  patient: Patient,
  referrer: Line,
  patients: Count,
  /** Resources of the selection that are about somebody else. */
  strangers: Count,
  kept: Count,
  left: Count,
  sensitiveKept: Count,
  /** Age of the newest finding; how long ago the consent was given. Below 0 for the future. */
  newestDays: Days,
  consentDays: Days,
  bundle: Bundle.meta(ofPatient),
});
export type Selection = z.infer<typeof Selection>;

/** A term of the record with its code, and what belongs to it. */
const Term = z.strictObject({ term: Line, code: Line, detail: z.string().max(200) });
export type Term = z.infer<typeof Term>;

/** What is left of the selection without what Safe Harbor names. */
export const Extract = z.strictObject({
  /** In years; null for 90 and above, or where it is not known. */
  age: z.int().min(0).max(89).nullable(),
  gender: z.enum(['male', 'female', 'other', 'unknown']),
  conditions: z.array(Term),
  medicines: z.array(Term),
  allergies: z.array(Term),
  findings: z.array(Term),
  reason: z.string(),
  question: z.string(),
});
export type Extract = z.infer<typeof Extract>;

/** The extract, and what was done to come to it: numbers of each class, never a value. */
export const Deidentified = z.strictObject({
  outcome: z.enum(['deidentified', 'refused']),
  resourcesIn: Count,
  resourcesOut: Count,
  removed: z.record(z.string(), Count),
  extract: Extract,
});
export type Deidentified = z.infer<typeof Deidentified>;

/** What the letter says in words, without saying of whom. */
export const LetterTexts = z.strictObject({
  reason: z.string().min(1).max(4000),
  history: z.string().min(1).max(4000),
  findings: z.string().min(1).max(4000),
  question: z.string().min(1).max(4000),
});
export type LetterTexts = z.infer<typeof LetterTexts>;

/** The draft, and how long it is. */
export const Draft = z.strictObject({ texts: LetterTexts, words: Count });
export type Draft = z.infer<typeof Draft>;

/** A clinician's decision about the texts. */
export const Review = decisionAbout(LetterTexts);

/** The letter, with what the recipient needs to know whom it is about, and no more. */
export const Letter = z.strictObject({
  reference: Line,
  date: Day,
  referrer: z.strictObject({ name: Line, practice: Line }),
  recipient: z.strictObject({ name: Line, organisation: Line, address: Line }),
  patient: z.strictObject({
    key: Patient,
    name: Line.meta({ sensitive: true, subject: 'patient.key' }),
    birthDate: z.string().meta({ sensitive: true, subject: 'patient.key' }),
  }),
  specialty: z.enum(SPECIALTIES),
  urgency: z.string(),
  answerWithin: Days,
  texts: LetterTexts,
  conditions: z.array(Term),
  medicines: z.array(Term),
  allergies: z.array(Term),
  findings: z.array(Term),
  reviewedBy: Line,
});
export type Letter = z.infer<typeof Letter>;

/** What rules and checks may read. */
export const ReferralFacts = z.object({
  input: Referral,
  artifacts: z.object({
    selection: Selection.optional(),
    deidentification: Deidentified.optional(),
    draft: Draft.optional(),
    review: Review.optional(),
    letter: Letter.optional(),
  }),
});
