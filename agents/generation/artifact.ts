import { z } from 'zod';

import { SequenceStep } from '../strategy/artifact.ts';

/** When an email goes out. Dates are ISO-8601. */
const Send = z.strictObject({
  /** Days after the first email of the campaign. */
  dayOffset: z.int().min(0),
  /** The planned day; null when the brief holds no date to count from. */
  on: z.iso.date().nullable(),
  /** The last day that still keeps every date of the brief; null when none binds the email. */
  notAfter: z.iso.date().nullable(),
});

/** One sentence of an email that states something, and the requirement that it rests on. */
export const Claim = z.strictObject({
  text: z.string().min(1),
  /** Ids of facts, segments or deadlines of the requirements. */
  traces: z.array(z.string().min(1)).min(1),
});
export type Claim = z.infer<typeof Claim>;

/** One email, for one step and one segment. */
export const Email = z.strictObject({
  /** `<step>-<segment>`; also the name of its files. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  step: z.string().min(1),
  segment: z.string().min(1),
  /** Why it is sent; like the two below, null in a campaign that was written before emails said so. */
  purpose: SequenceStep.shape.purpose.nullable().default(null),
  /** What the plan calls the segment. */
  segmentName: z.string().min(1).nullable().default(null),
  /** When it is planned to go out. */
  send: Send.nullable().default(null),
  language: z.string().min(2),
  subject: z.string().min(1).max(150),
  preheader: z.string().min(1).max(200),
  text: z.string().min(1),
  html: z.string().min(1),
  /** Merge fields used, without their braces: `first_name`, `unsubscribe_url`. */
  mergeFields: z.array(z.string()),
  claims: z.array(Claim).min(1),
});
export type Email = z.infer<typeof Email>;

/** The campaign, ready to be handed to a mail system. */
export const Deliverable = z.strictObject({
  title: z.string().min(1),
  sender: z.strictObject({
    name: z.string().min(1),
    email: z.email(),
    postalAddress: z.string().min(1),
  }),
  emails: z.array(Email).min(1),
});
export type Deliverable = z.infer<typeof Deliverable>;
