import { z } from 'zod';

import { decisionAbout } from '../person-decides.ts';
import { personId } from '../person-id.ts';

const Line = z.string().trim().min(1).max(200);
const Text = z.string().trim().min(1).max(2000);
const Day = z.iso.date();
const Count = z.int().min(0).max(10_000_000);
const Percent = z.number().min(0).max(100).meta({ unit: 'percent' });
const Days = z.int().meta({ unit: 'days' });

export const Severity = z.enum(['safety', 'major', 'minor']);
export const CAUSES = [
  'tool-wear',
  'setting',
  'material',
  'measurement',
  'work-instruction',
  'design',
  'unknown',
] as const;

/** A deviation from what a characteristic of a product may be, as it was found on a line. */
export const Deviation = z.strictObject({
  reference: Line,
  raisedBy: z.strictObject({ id: personId(Line), name: Line }),
  raisedOn: Day,
  product: Line,
  lot: z.strictObject({ id: Line, size: Count.min(1).max(1_000_000), quarantined: z.boolean() }),
  characteristic: Line,
  severity: Severity,
  description: Text,
  measurement: z.strictObject({
    unit: Line,
    lower: z.number(),
    upper: z.number(),
    values: z.array(z.number()).min(1).max(10_000),
    instrument: Line,
    calibratedUntil: Day,
  }),
  machine: z.strictObject({
    id: Line,
    running: z.boolean(),
    interlock: z.enum(['on', 'bypassed']),
  }),
  /** What the quality agreement says, in percent of nonconforming units. */
  agreed: z.strictObject({ acceptable: Percent, limiting: Percent }),
  /** What was inspected of the lot so far, beside the measurement. */
  inspection: z.strictObject({ inspected: Count, nonconforming: Count }),
  cause: z.enum(CAUSES),
  /** The answers to "why", from the deviation to its root. */
  whys: z.array(Text).max(10),
  owner: z.strictObject({ id: Line, name: Line }),
  /** Earlier deviations of the product. */
  history: z
    .array(z.strictObject({ on: Day, characteristic: Line, cause: z.enum(CAUSES) }))
    .max(1000),
});
export type Deviation = z.infer<typeof Deviation>;

/** What is so now: how bad it is, whether anybody could be hurt, and whether it was there before. */
export const Containment = z.strictObject({
  raisedBy: Line,
  measured: Count,
  outside: Count,
  outsideShare: Percent,
  mean: z.number(),
  /** Process capability Cpk of the measured values; null for fewer than two, or values all alike. */
  capability: z.number().nullable(),
  /** Whether the machine has to stand still: a safety characteristic, or a bypassed interlock. */
  mustStop: z.boolean(),
  stopped: z.boolean(),
  /** Days until the instrument's calibration ends; below 0 when it has. */
  calibrationDays: Days,
  /** Deviations of the same characteristic in the 365 days before. */
  recurrences: Count,
});
export type Containment = z.infer<typeof Containment>;

/** How many units are to be inspected, how many of them may be nonconforming, and what that plan risks. */
export const SamplingPlan = z.strictObject({
  /** Units to inspect; the whole lot where no sample is enough. */
  size: Count,
  /** Nonconforming units with which the lot is still accepted. */
  accept: Count,
  /** That a lot of the acceptable quality is rejected, and one of the limiting quality accepted, in percent. */
  producerRisk: Percent,
  consumerRisk: Percent,
});
export type SamplingPlan = z.infer<typeof SamplingPlan>;

export const Sampling = z.strictObject({
  plan: SamplingPlan,
  inspected: Count,
  nonconforming: Count,
  disposition: z.enum(['accept', 'reject', 'inspect']),
});
export type Sampling = z.infer<typeof Sampling>;

const Action = z.strictObject({
  id: Line,
  kind: z.enum(['correction', 'corrective', 'preventive', 'verification']),
  text: Text,
  owner: Line,
  due: Day,
  dueDays: Days,
});

/** What the plan says in words. */
export const CapaTexts = z.strictObject({
  problem: z.string().min(1).max(2000),
  rootCause: z.string().min(1).max(2000),
  justification: z.string().min(1).max(2000),
});
export type CapaTexts = z.infer<typeof CapaTexts>;

/** Corrective and preventive actions: exactly this is approved. */
export const CapaPlan = z.strictObject({
  lotAction: z.enum(['release', 'sort', 'scrap']),
  actions: z.array(Action).min(1).max(50),
  texts: CapaTexts,
});
export type CapaPlan = z.infer<typeof CapaPlan>;

export const Capa = z.strictObject({
  plan: CapaPlan,
  kinds: z.array(z.string()),
  latestDue: Days,
  whys: Count,
});
export type Capa = z.infer<typeof Capa>;

export const CapaDecision = decisionAbout(CapaPlan);

/** The report of a closed case. */
export const CapaReport = z.strictObject({
  reference: Line,
  severity: Severity,
  lotAction: CapaPlan.shape.lotAction,
  actions: Count,
  latestDue: Days,
  unowned: Count,
  approvedBy: Line,
  approvedAt: z.string(),
  plan: CapaPlan,
  sampling: Sampling,
  containment: Containment,
});
export type CapaReport = z.infer<typeof CapaReport>;

/** What rules and checks may read. */
export const DeviationFacts = z.object({
  input: Deviation,
  artifacts: z.object({
    containment: Containment.optional(),
    sampling: Sampling.optional(),
    capa: Capa.optional(),
    approval: CapaDecision.optional(),
    report: CapaReport.optional(),
  }),
});
