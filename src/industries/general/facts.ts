import { z } from 'zod';

import { decisionAbout } from '../person-decides.ts';
import { personId } from '../person-id.ts';

const Line = z.string().trim().min(1).max(200);
const Day = z.iso.date();
const Count = z.int().min(0);
const Days = z.int().meta({ unit: 'days' });

/** A document that is to be approved. The body is Markdown. */
export const Submission = z.strictObject({
  document: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name in kebab case'),
  title: Line,
  author: personId(Line),
  kind: z.enum(['policy', 'procedure', 'notice']),
  audience: z.enum(['internal', 'public']),
  effectiveOn: Day,
  reviewOn: Day,
  body: z.string().trim().min(1).max(200_000),
});
export type Submission = z.infer<typeof Submission>;

/** What a body is, as it reads. */
export const Measures = z.strictObject({
  sections: z.array(z.string()),
  /** Sections that the kind of document needs and that are not there. */
  missing: z.array(z.string()),
  words: Count,
  /** Places that somebody meant to fill in. */
  placeholders: Count,
  /** Data of persons and secrets. */
  personal: Count,
  longestSentence: Count,
});
export type Measures = z.infer<typeof Measures>;

export const Reading = z.strictObject({ author: Line, measures: Measures, reviewDays: Days });
export type Reading = z.infer<typeof Reading>;

export const SummaryText = z.strictObject({ text: z.string().min(1).max(4000) });
export const Summary = z.strictObject({ text: z.string().min(1).max(4000), words: Count });
export type Summary = z.infer<typeof Summary>;

/** What would be published: exactly this is approved. */
export const Draft = z.strictObject({ title: Line, body: z.string().min(1), summary: z.string() });
export type Draft = z.infer<typeof Draft>;

export const DraftDecision = decisionAbout(Draft);

export const Publication = z.strictObject({
  document: Line,
  title: Line,
  kind: Submission.shape.kind,
  audience: Submission.shape.audience,
  effectiveOn: Day,
  reviewOn: Day,
  body: z.string(),
  summary: z.string(),
  measures: Measures,
  author: Line,
  approvedBy: Line,
  approvedAt: z.string(),
});
export type Publication = z.infer<typeof Publication>;

/** What rules and checks may read. */
export const DocumentFacts = z.object({
  input: Submission,
  artifacts: z.object({
    reading: Reading.optional(),
    summary: Summary.optional(),
    approval: DraftDecision.optional(),
    countersign: DraftDecision.optional(),
    publication: Publication.optional(),
  }),
});
