import { z } from 'zod';

import { decisionAbout } from '../person-decides.ts';
import { personId } from '../person-id.ts';

const Line = z.string().trim().min(1).max(300);
const Text = z.string().trim().min(1).max(2000);
const Instant = z.iso.datetime();
const Count = z.int().min(0);
const Hours = z.number().meta({ unit: 'hours' });
const Percent = z.number().min(0).max(100).meta({ unit: 'percent' });
const Commit = z.string().regex(/^[0-9a-f]{7,64}$/);

/** A change that is to be deployed: its diff, its tests, and the incident that it mends. */
export const Change = z.strictObject({
  reference: Line,
  title: Line,
  author: z.strictObject({ id: personId(Line), name: Line }),
  service: Line,
  environment: z.enum(['staging', 'production']),
  kind: z.enum(['standard', 'normal', 'emergency']),
  /** The incident that the change mends; null where there is none. */
  incident: z
    .strictObject({ id: Line, url: z.url({ protocol: /^https$/ }), open: z.boolean() })
    .nullable(),
  commit: Commit,
  /** A unified diff, as `git diff` writes it. */
  diff: z.string().min(1).max(900_000),
  tests: z.strictObject({
    commit: Commit,
    suites: z
      .array(z.strictObject({ name: Line, passed: Count, failed: Count, skipped: Count }))
      .max(500),
    coverage: Percent,
  }),
  submittedAt: Instant,
  window: z.strictObject({ start: Instant, end: Instant }),
  freezes: z.array(z.strictObject({ from: Instant, to: Instant, reason: Line })).max(100),
  /** Steps that take the change back. */
  rollback: z.array(Text).max(50),
});
export type Change = z.infer<typeof Change>;

const ChangedFile = z.strictObject({
  path: Line,
  added: Count,
  removed: Count,
  categories: z.array(z.string()),
});
export type ChangedFile = z.infer<typeof ChangedFile>;

/** What the change is, as its diff, its tests and its dates say. */
export const Analysis = z.strictObject({
  author: Line,
  files: z.array(ChangedFile),
  /** Whether every hunk of the diff has as many lines as it says, and no file is left out as binary. */
  whole: z.boolean(),
  lines: Count,
  codeLines: Count,
  testFiles: Count,
  categories: z.array(z.string()),
  /** Secrets in lines that are added. */
  secrets: Count,
  /** Lines that are added and destroy data. */
  destructive: Count,
  restores: z.boolean(),
  points: Count,
  risk: z.enum(['low', 'medium', 'high']),
  passed: Count,
  failed: Count,
  skipped: Count,
  testedCommit: z.boolean(),
  incidentOpen: z.boolean(),
  leadHours: Hours,
  windowHours: Hours,
  frozen: z.boolean(),
});
export type Analysis = z.infer<typeof Analysis>;

export const ChangeTexts = z.strictObject({
  summary: z.string().min(1).max(2000),
  impact: z.string().min(1).max(2000),
  verification: z.string().min(1).max(2000),
});
export type ChangeTexts = z.infer<typeof ChangeTexts>;

/** What would be deployed and how: exactly this is approved. */
export const Deployment = z.strictObject({
  reference: Line,
  service: Line,
  environment: Change.shape.environment,
  commit: Commit,
  window: Change.shape.window,
  steps: z.array(Text).min(1),
  rollback: z.array(Text),
  texts: ChangeTexts,
});
export type Deployment = z.infer<typeof Deployment>;

export const Plan = z.strictObject({ deployment: Deployment, steps: Count });
export type Plan = z.infer<typeof Plan>;

export const DeploymentDecision = decisionAbout(Deployment);

/** The record of an approved change. */
export const ChangeRecord = z.strictObject({
  deployment: Deployment,
  kind: Change.shape.kind,
  author: Line,
  incident: z.string(),
  risk: Analysis.shape.risk,
  files: Count,
  lines: Count,
  tests: z.strictObject({ passed: Count, skipped: Count, coverage: Percent }),
  approvals: z.array(z.strictObject({ phase: Line, by: Line, kind: Line, at: z.string() })),
});
export type ChangeRecord = z.infer<typeof ChangeRecord>;

/** What rules and checks may read. */
export const ChangeFacts = z.object({
  input: Change,
  artifacts: z.object({
    analysis: Analysis.optional(),
    plan: Plan.optional(),
    approval: DeploymentDecision.optional(),
    board: DeploymentDecision.optional(),
    record: ChangeRecord.optional(),
  }),
});
