import { z } from 'zod';

/** Ids of the requirements' facts (and segments, deadlines) that a choice rests on. */
const traces = z.array(z.string().min(1)).min(1);

/** What a segment is told, and why. */
export const SegmentPlan = z.strictObject({
  /** The segment's id in the requirements. */
  id: z.string().min(1),
  name: z.string().min(1),
  message: z.string().min(1),
  traces,
});
export type SegmentPlan = z.infer<typeof SegmentPlan>;

/** One email of the sequence, before it is written. */
export const SequenceStep = z.strictObject({
  /** Stable: `step-1`, `step-2`. */
  id: z.string().min(1),
  purpose: z.enum(['announce', 'explain', 'remind', 'last-call', 'follow-up']),
  title: z.string().min(1),
  /** Days after the campaign's first email; the first step has 0. */
  dayOffset: z.int().min(0),
  /** When it must have gone out, ISO-8601 date, if a deadline binds it. */
  notAfter: z.iso.date().nullable(),
  /** Segments that receive it, by id. */
  segments: z.array(z.string().min(1)).min(1),
  subjectApproach: z.string().min(1),
  /** Facts of the requirements that this email tells, by id, most important first. */
  facts: z.array(z.string().min(1)).min(1),
  traces,
});
export type SequenceStep = z.infer<typeof SequenceStep>;

/** How the campaign goes about its objective. Every choice says what it rests on. */
export const Strategy = z.strictObject({
  title: z.string().min(1),
  language: z.enum(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']),
  objective: z.strictObject({ text: z.string().min(1), traces }),
  tone: z.strictObject({ text: z.string().min(1), traces }),
  segments: z.array(SegmentPlan).min(1),
  sequence: z.array(SequenceStep).min(1),
  subjectLines: z.strictObject({
    approach: z.string().min(1),
    maxCharacters: z.int().min(20).max(120),
    traces,
  }),
  callToAction: z.strictObject({ text: z.string().min(1), traces }),
  risks: z.array(
    z.strictObject({ text: z.string().min(1), mitigation: z.string().min(1), traces }),
  ),
  measures: z.array(z.strictObject({ text: z.string().min(1), traces })),
});
export type Strategy = z.infer<typeof Strategy>;

const REVIEWS = {
  rejected: 'The strategy was rejected',
  responded: 'The strategy was sent back',
} as const;

/** Words a person's decision as the message of a failed check, which is how the comment reaches the next plan. */
export function reviewMessage(decision: keyof typeof REVIEWS, comment: string): string {
  return comment.trim() === ''
    ? `${REVIEWS[decision]} without a comment.`
    : `${REVIEWS[decision]}: ${comment}`;
}

/** Gives the comment of a message made by {@link reviewMessage}, empty when there was none; else undefined. */
export function reviewComment(message: string): string | undefined {
  const lead = Object.values(REVIEWS).find((text) => message.startsWith(text));
  if (lead === undefined) return undefined;
  const rest = message.slice(lead.length);
  if (rest.startsWith(': ')) return rest.slice(2);
  return rest === ' without a comment.' ? '' : undefined;
}
