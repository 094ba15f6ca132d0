import { z } from 'zod';

/** What `scan` takes. */
export const ScanInput = z.strictObject({ file: z.string().max(256), text: z.string() });

/** What `scan` gives. A message is of the rule's own words: nothing of the text that was scanned stands in it. */
export const ScanOutput = z.strictObject({
  findings: z
    .array(
      z.strictObject({
        rule: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/),
        severity: z.enum(['info', 'low', 'medium', 'high', 'critical']),
        confidence: z.number().min(0).max(1),
        message: z.string().min(1).max(300),
        /** Counted from 1. */
        line: z.int().positive(),
      }),
    )
    .max(1000),
});
export type ScannerFinding = z.infer<typeof ScanOutput>['findings'][number];
