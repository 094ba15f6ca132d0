import { z } from 'zod';

/** What the workflow `email-campaign` is given. */
export const CampaignInput = z.strictObject({
  /** Markdown or plain text. */
  brief: z.string().min(1),
});
export type CampaignInput = z.infer<typeof CampaignInput>;

/** Where a fact was found: characters [start, end) of the brief, or a person's answer to a question. */
export const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('brief'), start: z.int().min(0), end: z.int().min(1) }),
  z.strictObject({ kind: z.literal('answer'), question: z.string() }),
]);
export type Source = z.infer<typeof Source>;

/** One thing that is known, with where it was found. Nothing without a source is a fact. */
export const Fact = z.strictObject({
  /** Stable within the artifact: `objective`, `key-message-2`; later artifacts cite it. */
  id: z.string().min(1),
  text: z.string().min(1),
  sources: z.array(Source).min(1),
});
export type Fact = z.infer<typeof Fact>;

/** A group of recipients. */
export const AudienceSegment = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string(),
  sources: z.array(Source).min(1),
});
export type AudienceSegment = z.infer<typeof AudienceSegment>;

/** A date that the campaign must respect. `date` is ISO-8601 (YYYY-MM-DD) when the brief gives one. */
export const Deadline = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  date: z.iso.date().nullable(),
  sources: z.array(Source).min(1),
});
export type Deadline = z.infer<typeof Deadline>;

/** Two or more places that cannot both be true. `id` stays the same while the contradiction stands. */
export const Contradiction = z.strictObject({
  id: z.string().min(1),
  /** The field it concerns, such as `offer` or `deadlines`. */
  field: z.string(),
  text: z.string().min(1),
  sources: z.array(Source).min(2),
});
export type Contradiction = z.infer<typeof Contradiction>;

/** One question of the batch that goes to the person. `id` is what the answer is filed under. */
export const OpenQuestion = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  /** The field that the answer fills, such as `sender.postalAddress`. */
  path: z.string(),
  options: z.array(z.string()),
});
export type OpenQuestion = z.infer<typeof OpenQuestion>;

/** What the brief says, and nothing else. What it does not say is null or empty, listed in `missing`, and asked. */
export const Requirements = z.strictObject({
  title: Fact.nullable(),
  /** BCP 47 primary tag of the language that the brief is written in. */
  language: z.enum(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']),
  objective: Fact.nullable(),
  audience: z.array(AudienceSegment),
  offer: Fact.nullable(),
  keyMessages: z.array(Fact),
  tone: Fact.nullable(),
  constraints: z.strictObject({ mustSay: z.array(Fact), mustNotSay: z.array(Fact) }),
  complianceNotes: z.array(Fact),
  deadlines: z.array(Deadline),
  channels: z.array(Fact),
  metrics: z.array(Fact),
  callToAction: Fact.nullable(),
  sender: z.strictObject({
    name: Fact.nullable(),
    email: Fact.nullable(),
    postalAddress: Fact.nullable(),
  }),
  /** Paths of fields that must be known before a strategy makes sense and are not. */
  missing: z.array(z.string()),
  contradictions: z.array(Contradiction),
  /** One batch: a question for each missing field and each contradiction. Empty when nothing is open. */
  questions: z.array(OpenQuestion),
  /** How many identifiers of persons (SSN, card, record number, ...) were left out, by type. Never the values. */
  withheld: z.array(z.strictObject({ type: z.string(), count: z.int().min(1) })),
});
export type Requirements = z.infer<typeof Requirements>;
