import { z } from 'zod';

export { isAbbreviated, sentenceTexts } from './brief/abbreviations.ts';
export { inflectionOf } from './constraints/inflection.ts';
export { unmasked } from './constraints/unmasked.ts';
export { withoutExempt } from './constraints/without-exempt.ts';
export { writeDate } from './lexicon/calendar.ts';
export { namesEvent } from './lexicon/event-words.ts';
export { wishedCount } from './lexicon/wished-count.ts';

/** More emails than this are no campaign by anyone's count; a brief that asks for more is asked about. */
export const MAX_WISHED_EMAILS = 12;

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

/** What the brief says of one segment in particular, in its words: who they are, what they need, or what they are offered or told. */
export const SegmentDetail = z.strictObject({
  kind: z.enum(['who', 'need', 'offer', 'message']),
  text: z.string().min(1),
});
export type SegmentDetail = z.infer<typeof SegmentDetail>;

/** A group of recipients. */
export const AudienceSegment = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string(),
  /** Parts of the description that the brief names as such; absent when it names none. */
  details: z.array(SegmentDetail).min(1).optional(),
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

/** Words that a person allowed in one statement although the brief forbids them everywhere else. */
export const Exemption = z.strictObject({
  id: z.string().min(1),
  /** Id of the constraint under `mustNotSay` that does not hold for `text`. */
  mustNotSay: z.string().min(1),
  /** The statement that may be said; nothing but it and its beginning. */
  text: z.string().min(1),
  sources: z.array(Source).min(1),
});
export type Exemption = z.infer<typeof Exemption>;

/** How many emails the brief asks for. */
export const WishedEmails = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  /** All of them, reminders included. */
  count: z.int().min(1).max(MAX_WISHED_EMAILS),
  /** How many of them are named as reminders beside the others. */
  reminders: z.int().min(0),
  sources: z.array(Source).min(1),
});
export type WishedEmails = z.infer<typeof WishedEmails>;

/** A part of the brief that nothing was taken from. */
export const NotUsedPassage = z.strictObject({
  /** Counted from 1. */
  line: z.int().min(1),
  start: z.int().min(0),
  end: z.int().min(1),
  /** How it begins, without identifiers of persons. For people only: it is given to no model. */
  text: z.string().min(1),
});
export type NotUsedPassage = z.infer<typeof NotUsedPassage>;

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
  constraints: z.strictObject({
    mustSay: z.array(Fact),
    mustNotSay: z.array(Fact),
    /** Where a person decided that a forbidden wording stands after all. */
    exemptions: z.array(Exemption).default([]),
  }),
  complianceNotes: z.array(Fact),
  deadlines: z.array(Deadline),
  channels: z.array(Fact),
  metrics: z.array(Fact),
  callToAction: Fact.nullable(),
  /** Null when the brief leaves the number of emails open. */
  wishedEmails: WishedEmails.nullable().default(null),
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
  /** What nothing was taken from: the first passages, what reads like a rule in front, and how many there are besides. */
  notUsed: z
    .strictObject({ passages: z.array(NotUsedPassage), more: z.int().min(0) })
    .default({ passages: [], more: 0 }),
});
export type Requirements = z.infer<typeof Requirements>;

/** Every fact of the requirements, in the order in which the requirements list them. */
export function factsOf(requirements: Requirements): readonly Fact[] {
  const { constraints, sender, wishedEmails } = requirements;
  return [
    requirements.title,
    requirements.objective,
    requirements.offer,
    ...requirements.keyMessages,
    requirements.tone,
    ...constraints.mustSay,
    ...constraints.mustNotSay,
    ...requirements.complianceNotes,
    ...requirements.channels,
    ...requirements.metrics,
    requirements.callToAction,
    wishedEmails === null
      ? null
      : { id: wishedEmails.id, text: wishedEmails.text, sources: wishedEmails.sources },
    sender.name,
    sender.email,
    sender.postalAddress,
  ].filter((fact) => fact !== null);
}

/** Tells whether a deadline only says our own objective again, which closes nothing for readers and is none of their business. */
export function repeatsObjective(
  { objective }: Pick<Requirements, 'objective'>,
  deadline: string,
): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[\s.!]+$/u, '');
  const [aim, told] = [bare(objective?.text ?? ''), bare(deadline)];
  return aim !== '' && (aim.includes(told) || told.includes(aim));
}
