import { resolve } from 'node:path';

import { z } from 'zod';

/** The section `compliance`: how standards are asked at gates, and what the house knows that their checks read. */
export const ComplianceSection = z.strictObject({
  mode: z.enum(['off', 'audit', 'warn', 'deny']),
  facts: z.string().max(4096),
});
export type ComplianceSection = z.infer<typeof ComplianceSection>;

/** How standards are asked at gates, and what the house knows that their checks read. */
export interface ComplianceSettings {
  /** What a failing check of a standard does: nothing is asked, it is recorded, shown, or holds the run. */
  readonly mode: 'off' | 'audit' | 'warn' | 'deny';
  /** Absolute path of the file with facts of the house; undefined where there is none. */
  readonly factsFile: string | undefined;
}

/** Gives what the section says. */
export function complianceSettingsOf(
  { mode, facts }: ComplianceSection,
  workingDirectory: string,
): ComplianceSettings {
  const factsFile = facts === '' ? undefined : resolve(workingDirectory, facts);
  return Object.freeze({ mode, factsFile });
}
