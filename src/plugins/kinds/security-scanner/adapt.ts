import { KindMismatchError } from '../../errors/index.ts';
import type { ActivePlugin, Caller } from '../../registry/registry-parts.ts';
import type { RuleHit, ScanRule, ScanSubject } from '../../scan/scan-rule.ts';
import type { OperationCaller } from '../kind.ts';
import { ScanOutput } from './answer.ts';

/**
 * Gives the rule that a plugin adds to scans: `plugin.<id>`. It is shown every file of the scanned plugin that is text, one by
 * one. Whatever goes wrong in a call, or another version than the one that was bound, ends the scan, which then admits nothing.
 *
 * @param executor - Where calls go, with all their rights and limits.
 * @param plugin - The version that the rule is bound to.
 * @param caller - Who the scan acts for: it needs a role that allows `scan`.
 */
export function scanRuleOf(
  executor: OperationCaller,
  plugin: ActivePlugin,
  caller: Caller,
): ScanRule {
  const { manifest, digest } = plugin.version;
  return {
    id: `plugin.${manifest.id}`,
    revision: digest,
    part: 'threats',
    severity: 'medium',
    confidence: 0.5,
    message: manifest.title,
    pass: 1,
    find: async ({ texts }: ScanSubject) => {
      const hits: RuleHit[] = [];
      for (const [file, text] of texts) {
        // One file after the other: a scan does not take the pool from calls.
        // oxlint-disable-next-line no-await-in-loop
        const result = await executor.execute({
          plugin: manifest.id,
          operation: 'scan',
          input: { file, text },
          caller,
        });
        const answer = ScanOutput.safeParse(result.output);
        if (result.digest !== digest || !answer.success)
          throw new KindMismatchError(
            manifest.id,
            'scan',
            'findings of the version that was bound',
          );
        hits.push(
          ...answer.data.findings.map(({ severity, confidence, message, line }) => ({
            file,
            line,
            severity,
            confidence,
            message,
          })),
        );
      }
      return hits;
    },
  };
}
