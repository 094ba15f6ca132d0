import { z } from 'zod';

export { isGoalDate } from './judging/calendar.ts';
export { sendPlan, type SendPlan } from './judging/send-dates.ts';
export { citables } from './judging/known-ids.ts';
export { isSupportedAction } from './judging/supported-action.ts';
export type { Manner } from './phrases/phrases.ts';
export { mannerOf } from './simulated/read-intent.ts';

/** What a plan may hold at most: a person or model that goes beyond is told so, before anything is made of it. */
export const PLAN_LIMITS = Object.freeze({
  idCharacters: 120,
  /** A name or a title. */
  nameCharacters: 400,
  textCharacters: 1000,
  messageCharacters: 2000,
  traces: 50,
  facts: 100,
  segments: 50,
  steps: 50,
  /** One for each step and each of its segments. */
  emails: 300,
  risks: 60,
  measures: 60,
});

const id = z.string().min(1).max(PLAN_LIMITS.idCharacters);
const name = z.string().min(1).max(PLAN_LIMITS.nameCharacters);
const text = z.string().min(1).max(PLAN_LIMITS.textCharacters);
/** Ids of the requirements' facts (and segments, deadlines) that a choice rests on. */
const traces = z.array(id).min(1).max(PLAN_LIMITS.traces);

/** What a segment is told, and why. */
export const SegmentPlan = z.strictObject({
  /** The segment's id in the requirements. */
  id,
  name,
  message: z.string().min(1).max(PLAN_LIMITS.messageCharacters),
  traces,
});
export type SegmentPlan = z.infer<typeof SegmentPlan>;

/** One email of the sequence, before it is written. */
export const SequenceStep = z.strictObject({
  /** Stable: `step-1`, `step-2`. */
  id,
  purpose: z.enum(['announce', 'explain', 'remind', 'last-call', 'follow-up']),
  title: name,
  /** Days after the campaign's first email; the first step has 0. */
  dayOffset: z.int().min(0),
  /** When it must have gone out, ISO-8601 date, if a deadline binds it. */
  notAfter: z.iso.date().nullable(),
  /** Segments that receive it, by id. */
  segments: z.array(id).min(1).max(PLAN_LIMITS.segments),
  subjectApproach: text,
  /** Facts of the requirements that this email tells, by id, most important first. */
  facts: z.array(id).min(1).max(PLAN_LIMITS.facts),
  traces,
});
export type SequenceStep = z.infer<typeof SequenceStep>;

/** How the campaign goes about its objective. Every choice says what it rests on. */
export const Strategy = z.strictObject({
  title: name,
  language: z.enum(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']),
  objective: z.strictObject({ text, traces }),
  tone: z.strictObject({ text, traces }),
  segments: z.array(SegmentPlan).min(1).max(PLAN_LIMITS.segments),
  sequence: z
    .array(SequenceStep)
    .min(1)
    .max(PLAN_LIMITS.steps)
    .refine(
      (steps) =>
        steps.reduce((sum, { segments }) => sum + segments.length, 0) <= PLAN_LIMITS.emails,
      { error: `Expected at most ${PLAN_LIMITS.emails} emails, one for each step and segment.` },
    ),
  subjectLines: z.strictObject({
    approach: text,
    maxCharacters: z.int().min(20).max(120),
    traces,
  }),
  callToAction: z.strictObject({ text, traces }),
  risks: z.array(z.strictObject({ text, mitigation: text, traces })).max(PLAN_LIMITS.risks),
  measures: z.array(z.strictObject({ text, traces })).max(PLAN_LIMITS.measures),
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
  const lead = Object.values(REVIEWS).find((words) => message.startsWith(words));
  if (lead === undefined) return undefined;
  const rest = message.slice(lead.length);
  if (rest.startsWith(': ')) return rest.slice(2);
  return rest === ' without a comment.' ? '' : undefined;
}
