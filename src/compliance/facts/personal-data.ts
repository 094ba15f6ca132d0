import { z } from 'zod';

import { Instant, Name, Names } from './vocabulary.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(10_000);

/** Parts of the facts about data of persons: what it is for, and what was recorded about it. */
export const PersonalDataSections = z.strictObject({
  /** Data classes that may be in the state of this phase, and in what goes out of it. */
  allowedClasses: z.strictObject({ state: Names, output: Names }),
  /** Fields that are handed to agents and tools, beside the list that each of them declares. */
  handovers: list(z.strictObject({ to: Name, fields: Names, declared: Names })),
  /** How the identifiers that no scan finds were dealt with; `classes` by their letters, such as `A` for names. */
  deidentification: z.strictObject({
    method: z.enum(['safe-harbor', 'expert-determination']).nullable(),
    reference: Name.nullable(),
    classes: Names,
  }),
  /** What the data is processed for. */
  purpose: z.strictObject({
    id: Name,
    /** Lawful bases that the record names, such as `consent` or `contract`. */
    bases: Names,
    expiresAt: Instant,
  }),
  /** Keys of the subjects whose data is in the run. */
  subjects: Names,
  consents: list(
    z.strictObject({
      subject: Name,
      purpose: Name,
      givenAt: Instant,
      withdrawnAt: Instant.nullable(),
    }),
  ),
  /** Special categories in the run, and the conditions recorded for them. */
  specialCategories: z.strictObject({
    present: Names,
    conditions: list(z.strictObject({ category: Name, purpose: Name, reference: Name })),
  }),
  /** The decision that the transition takes about a person. */
  decision: z.strictObject({
    solelyAutomated: z.boolean(),
    significantEffect: z.boolean(),
    review: z.strictObject({ by: Name, kind: z.enum(['human', 'agent']), at: Instant }).nullable(),
    /** Reference to how it can be contested. */
    contestRoute: Name.nullable(),
  }),
  /** The processing record that the workflow's id resolves to; null where it resolves to none. */
  processing: z
    .strictObject({
      workflow: Name,
      purpose: z.string(),
      subjectCategories: Names,
      dataCategories: Names,
      recipients: Names,
      retentionDays: z.number().nullable(),
      safeguards: Names,
    })
    .nullable(),
  impactAssessment: z.strictObject({
    highRisk: z.boolean(),
    // TOML has no null: what is left out is not there, which denies where the risk is high.
    reference: Name.nullable().default(null),
    expiresAt: Instant.nullable().default(null),
  }),
});
