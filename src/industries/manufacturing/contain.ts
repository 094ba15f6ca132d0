import { defineAgent } from '../../workflow/index.ts';
import { comparableId } from '../person-decides.ts';
import { Containment, Deviation, Sampling } from './facts.ts';
import { samplingPlan } from './sampling-plan.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

/** Says how bad a deviation is, and whether the machine has to stand still. */
export const containmentAgent = defineAgent({
  id: 'deviation-containment',
  input: Deviation,
  artifact: Containment,
  reads: {},
  simulated: ({ input }) => contained(input),
});

/** Computes the sampling plan for the lot, and what the inspection so far says of it. */
export const samplingAgent = defineAgent({
  id: 'lot-sampling',
  input: Deviation,
  artifact: Sampling,
  reads: {},
  simulated: ({ input: { lot, agreed, inspection } }): Sampling => {
    const plan = samplingPlan(lot.size, agreed);
    return { plan, ...inspection, disposition: dispositionOf({ plan, ...inspection }) };
  },
});

function contained(deviation: Deviation): Containment {
  const { measurement, machine, severity, raisedOn, history, characteristic } = deviation;
  const { values, lower, upper } = measurement;
  const outside = values.filter((value) => value < lower || value > upper).length;
  return {
    raisedBy: comparableId(deviation.raisedBy.id),
    measured: values.length,
    outside,
    outsideShare: rounded((outside / values.length) * 100),
    mean: rounded(meanOf(values)),
    capability: capabilityOf(deviation),
    mustStop: severity === 'safety' || machine.interlock === 'bypassed',
    stopped: !machine.running,
    calibrationDays: daysBetween(raisedOn, measurement.calibratedUntil),
    recurrences: history.filter(
      (earlier) => earlier.characteristic === characteristic && isWithinYear(earlier.on, raisedOn),
    ).length,
  };
}

/** Cpk: the distance from the mean to the nearer limit, in three standard deviations of the sample. */
function capabilityOf({ measurement: { values, lower, upper } }: Deviation): number | null {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  if (values.length < 2 || deviation === 0) return null;
  return rounded(Math.min(upper - mean, mean - lower) / (3 * deviation));
}

function dispositionOf({
  plan,
  inspected,
  nonconforming,
}: Pick<Sampling, 'plan' | 'inspected' | 'nonconforming'>): Sampling['disposition'] {
  if (nonconforming > plan.accept) return 'reject';
  return inspected >= plan.size ? 'accept' : 'inspect';
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function isWithinYear(on: string, raisedOn: string): boolean {
  const days = daysBetween(on, raisedOn);
  return days > 0 && days <= YEAR_DAYS;
}
