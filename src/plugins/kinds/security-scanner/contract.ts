import type { Manifest } from '../../contract/index.ts';
import type { ManifestProblem } from '../../errors/index.ts';
import { defineKind, type ConformanceResult, type ConformanceRun } from '../kind.ts';
import {
  demandOperation,
  demandPure,
  examplesOf,
  findOperation,
  isObject,
} from '../schema-shape.ts';
import { ScanInput, ScanOutput } from './answer.ts';
import { literalHosts } from './built-in/literal-hosts.ts';
import { suspiciousText } from './built-in/suspicious-text.ts';

/** Scanners: rules that the scan of every other plugin also asks. */
export const securityScannerKind = defineKind({
  kind: 'security-scanner',
  title: 'Security scanner',
  description: 'Looks at the text of files and adds findings to the scan of plugins.',
  // What looks at unknown code reaches nothing: it could carry it out of the house.
  allowedPermissions: [] as const,
  builtIns: [literalHosts, suspiciousText],
  demands: (manifest) => [
    ...demandPure(manifest, 'security-scanner'),
    ...demandOperation(manifest, 'scan', { input: ['file', 'text'], output: ['findings'] }),
    ...demandNothingElse(manifest),
  ],
  conformance: async (manifest, run) => {
    const examples = examplesOf(findOperation(manifest, 'scan')?.operation.input ?? {});
    const counts = await countsOf(examples, run);
    const file = 'index.js';
    const empty = await run.call('scan', { file, text: '' });
    return [
      result('scan: its answers are findings', !counts.includes(undefined)),
      result(
        'scan: finds something in an example',
        counts.some((count) => (count ?? 0) > 0),
      ),
      result('scan: finds nothing in an example', counts.includes(0)),
      result(
        'scan: finds nothing in an empty file',
        isObject(empty) && Array.isArray(empty['findings']) && empty['findings'].length === 0,
      ),
    ];
  },
});

function demandNothingElse({ contributes }: Manifest): readonly ManifestProblem[] {
  return contributes.operations.flatMap(({ name }, index) =>
    name === 'scan'
      ? []
      : [
          {
            path: `contributes.operations.${index}.name`,
            message: 'A security-scanner has the operation "scan" and no other.',
          },
        ],
  );
}

/** How many findings each example has; undefined for an answer that is none, or names lines which are not there. */
async function countsOf(
  examples: ReturnType<typeof examplesOf>,
  run: ConformanceRun,
): Promise<readonly (number | undefined)[]> {
  const counts: (number | undefined)[] = [];
  for (const example of examples) {
    // oxlint-disable-next-line no-await-in-loop
    const answer = ScanOutput.safeParse(await run.call('scan', example));
    const text = ScanInput.safeParse(example).data?.text ?? '';
    const lines = text.split(/\r\n|\n|\r/).length;
    const sound = answer.success && answer.data.findings.every(({ line }) => line <= lines);
    counts.push(sound ? answer.data.findings.length : undefined);
  }
  return counts;
}

function result(rule: string, holds: boolean): ConformanceResult {
  return { rule, outcome: holds ? 'pass' : 'fail' };
}
