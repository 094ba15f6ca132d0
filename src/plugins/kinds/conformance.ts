import { canonicalJson, isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import type { Manifest, Operation, PluginPackage } from '../contract/index.ts';
import { demandsOf } from './demands.ts';
import type { ConformanceResult, ConformanceRun } from './kind.ts';
import { kinds } from './registry.generated.ts';
import { examplesOf } from './schema-shape.ts';

/**
 * Tries a plugin against everything that its kind promises: its manifest, the examples of its input schemas, and the rules of
 * the kind itself.
 *
 * @returns One result for each rule, the failed ones included: none of them is thrown.
 */
export async function conformanceOf(
  { manifest }: Pick<PluginPackage, 'manifest'>,
  run: ConformanceRun,
): Promise<readonly ConformanceResult[]> {
  const problems = demandsOf(manifest).map(({ path, message }) => ({
    rule: `manifest: ${path}`,
    outcome: 'fail' as const,
    detail: message,
  }));
  // What does not fit its kind cannot be tried as one of it.
  if (problems.length > 0) return problems;
  const examples: ConformanceResult[] = [];
  for (const operation of manifest.contributes.operations) {
    // One call after the other, so that a plugin's own order of requests can be told.
    // oxlint-disable-next-line no-await-in-loop
    examples.push(...(await tryExamples(operation, run)));
  }
  return [...examples, ...(await kindRules(manifest, run))];
}

async function kindRules(
  manifest: Manifest,
  run: ConformanceRun,
): Promise<readonly ConformanceResult[]> {
  try {
    return await kinds[manifest.kind].conformance(manifest, run);
  } catch (error) {
    return [{ rule: `${manifest.kind}: the suite`, outcome: 'fail', detail: reasonOf(error) }];
  }
}

/** Every operation shows by example what it takes; it answers each of them, twice alike where it has no effects. */
async function tryExamples(
  { name, input, sideEffects }: Operation,
  run: ConformanceRun,
): Promise<readonly ConformanceResult[]> {
  const examples = examplesOf(input);
  const results: ConformanceResult[] = [
    check(`${name}: its input schema has an example`, examples.length > 0),
  ];
  for (const [index, example] of examples.entries()) {
    const rule = `${name}: example ${index} is answered`;
    // oxlint-disable-next-line no-await-in-loop
    results.push(
      await tried(rule, async () => await answersTwice(name, example, run), sideEffects),
    );
  }
  return results;
}

async function answersTwice(
  name: string,
  example: JsonValue,
  run: ConformanceRun,
): Promise<boolean> {
  const first = await run.call(name, example);
  return canonicalJson(first) === canonicalJson(await run.call(name, example));
}

async function tried(
  rule: string,
  attempt: () => Promise<boolean>,
  mayDiffer: boolean,
): Promise<ConformanceResult> {
  try {
    const alike = await attempt();
    return check(rule, alike || mayDiffer, 'it answers differently when it is asked again');
  } catch (error) {
    return { rule, outcome: 'fail', detail: reasonOf(error) };
  }
}

function check(rule: string, holds: boolean, detail?: string): ConformanceResult {
  if (holds) return { rule, outcome: 'pass' };
  return detail === undefined ? { rule, outcome: 'fail' } : { rule, outcome: 'fail', detail };
}

function reasonOf(error: unknown): string {
  return isPhasegateError(error) ? `${error.code}: ${error.message}` : 'it threw something';
}
