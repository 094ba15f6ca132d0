import { z } from 'zod';

/** What a removed element was, in the terms of Safe Harbor where it has one. */
export const RemovalClass = z.enum([
  'name',
  'address',
  'date',
  'age-over-89',
  'phone',
  'fax',
  'email',
  'social-security-number',
  'medical-record-number',
  'health-plan-number',
  'account-number',
  'licence-number',
  'vehicle-identifier',
  'device-identifier',
  'url',
  'ip-address',
  'photo',
  'narrative',
  'free-text',
  'identifier',
  'relative',
  'attachment',
  'extension',
  'modifier',
  'code',
  'unknown-element',
  'unknown-resource',
  'incomplete',
  'malformed',
]);
export type RemovalClass = z.infer<typeof RemovalClass>;

const Action = z.enum(['removed', 'generalised', 'replaced', 'redacted']);

/** What was done to one element. Its path names no key that FHIR does not know: such a key may be somebody's name. */
const Removal = z.strictObject({ path: z.string(), class: RemovalClass, action: Action });
export type Removal = z.infer<typeof Removal>;

const Count = z.int().nonnegative();

/** What was done to a resource, by path and class, without any value. */
export const FhirReport = z.strictObject({
  resourcesIn: Count,
  resourcesOut: Count,
  /** How many of each class. */
  classes: z.record(z.string(), Count),
  /** The first ten thousand. */
  removals: z.array(Removal),
});
export type FhirReport = z.infer<typeof FhirReport>;

const MAX_REMOVALS = 10_000;

/** Writes down what is done. */
export interface Recorder {
  /** @returns What is left of something that was removed. */
  note(path: string, kind: RemovalClass, action?: Removal['action']): undefined;
  /** Counts a resource that came in, or that goes out. */
  count(which: 'resourcesIn' | 'resourcesOut'): void;
  report(): FhirReport;
}

/** Begins an empty report. */
export function createRecorder(): Recorder {
  const removals: Removal[] = [];
  const classes: Partial<Record<RemovalClass, number>> = {};
  const counts = { resourcesIn: 0, resourcesOut: 0 };
  return {
    note: (path, kind, action = 'removed') => {
      classes[kind] = (classes[kind] ?? 0) + 1;
      if (removals.length < MAX_REMOVALS) removals.push({ path, class: kind, action });
      return undefined;
    },
    count: (which) => {
      counts[which] += 1;
    },
    report: () => ({ ...counts, classes: { ...classes }, removals: [...removals] }),
  };
}
