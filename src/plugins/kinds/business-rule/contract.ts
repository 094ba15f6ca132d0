import { canonicalJson } from '../../../kernel/index.ts';
import {
  defineKind,
  type ConformanceResult,
  type ConformanceRun,
  type KindContract,
} from '../kind.ts';
import {
  demandOperation,
  demandPure,
  examplesOf,
  findOperation,
  isObject,
} from '../schema-shape.ts';
import { contactFrequency } from './built-in/contact-frequency.ts';
import { deadlines } from './built-in/deadlines.ts';
import { discountApproval } from './built-in/discount-approval.ts';

/** Rules of a business, as data, which decide and can say why. */
export const businessRuleKind = defineKind({
  kind: 'business-rule',
  title: 'Business rule',
  description: 'Decides by rules that are data, and explains each decision.',
  allowedPermissions: ['time'] as const,
  builtIns: [discountApproval, contactFrequency, deadlines],
  demands: (manifest) => [
    ...demandPure(manifest, 'business-rule'),
    ...demandOperation(manifest, 'decide', { input: ['facts'], output: ['outcome'] }),
    ...demandOperation(manifest, 'explain', { input: ['facts'], output: ['outcome'] }),
    ...demandSameFacts(manifest),
  ],
  conformance: async (manifest, run) => {
    const found = findOperation(manifest, 'decide');
    const results: ConformanceResult[] = [];
    for (const [index, example] of examplesOf(found?.operation.input ?? {}).entries())
      // oxlint-disable-next-line no-await-in-loop
      results.push(await explainsWhatItDecides(run, example, index));
    return results;
  },
});

/** An explanation of other facts explains nothing. */
function demandSameFacts(
  manifest: Parameters<KindContract['demands']>[0],
): ReturnType<KindContract['demands']> {
  const [decide, explain] = [findOperation(manifest, 'decide'), findOperation(manifest, 'explain')];
  if (decide === undefined || explain === undefined) return [];
  const same =
    canonicalJson(decide.operation.input['properties'] ?? null) ===
    canonicalJson(explain.operation.input['properties'] ?? null);
  return same
    ? []
    : [
        {
          path: `${explain.path}.input`,
          message: '"explain" takes the facts that "decide" takes.',
        },
      ];
}

async function explainsWhatItDecides(
  run: ConformanceRun,
  example: Parameters<ConformanceRun['call']>[1],
  index: number,
): Promise<ConformanceResult> {
  const rule = `explain: example ${index} has the outcome that was decided`;
  const decided = await run.call('decide', example);
  const explained = await run.call('explain', example);
  const holds =
    isObject(decided) && isObject(explained) && decided['outcome'] === explained['outcome'];
  return { rule, outcome: holds ? 'pass' : 'fail' };
}
