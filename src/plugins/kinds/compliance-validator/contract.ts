import type { JsonValue } from '../../../kernel/index.ts';
import type { JsonSchema, Operation } from '../../contract/index.ts';
import type { ManifestProblem } from '../../errors/index.ts';
import { defineKind, type ConformanceResult, type ConformanceRun } from '../kind.ts';
import { demandMembers, demandPure, examplesOf, isObject, propertiesOf } from '../schema-shape.ts';
import { CheckAnswer } from './answer.ts';
import { dataMinimisation } from './built-in/data-minimisation.ts';
import { emailLaw } from './built-in/email-law.ts';

const OUTCOMES = ['pass', 'fail', 'undetermined'];
const FACTS = ['input', 'artifacts', 'run'];

/** Validators: every operation is a check that a gate can hold a run with. */
export const complianceValidatorKind = defineKind({
  kind: 'compliance-validator',
  title: 'Compliance validator',
  description: 'Adds checks to gates: facts in; pass, fail or undetermined out.',
  // What is remembered or fetched is no fact of the run: a verdict would not be the same again.
  allowedPermissions: ['time'] as const,
  builtIns: [emailLaw, dataMinimisation],
  demands: (manifest) => [
    ...demandPure(manifest, 'compliance-validator'),
    ...manifest.contributes.operations.flatMap(demandCheck),
  ],
  conformance: async (manifest, run) => {
    const results: ConformanceResult[] = [];
    // One call after the other: the suite is short, and its report stays in order.
    for (const operation of manifest.contributes.operations)
      // oxlint-disable-next-line no-await-in-loop
      results.push(...(await tryCheck(operation, run)));
    return results;
  },
});

function demandCheck({ input, output, fallback }: Operation, index: number): ManifestProblem[] {
  const path = `contributes.operations.${index}`;
  const found: ManifestProblem[] = [...demandMembers(output, `${path}.output`, ['outcome'])];
  const named = Object.keys(propertiesOf(input));
  if (input['type'] !== 'object' || named.length === 0)
    found.push({ path: `${path}.input`, message: 'A check names the facts that it reads.' });
  const other = named.filter((name) => !FACTS.includes(name));
  if (other.length > 0)
    found.push({
      path: `${path}.input`,
      message: `Facts are in ${FACTS.join(', ')}; there is no "${other[0]}".`,
    });
  if (!answersOutcomes(output))
    found.push({
      path: `${path}.output`,
      message: `"outcome" is an enum of ${OUTCOMES.join(', ')}, or of some of them.`,
    });
  if (fallback !== undefined)
    found.push({
      path: `${path}.fallback`,
      message: 'Another check does not answer for this one.',
    });
  return found;
}

function answersOutcomes(output: JsonSchema): boolean {
  const { outcome } = propertiesOf(output);
  const values = isObject(outcome) ? outcome['enum'] : undefined;
  return Array.isArray(values) && values.every((value) => OUTCOMES.includes(String(value)));
}

/** A check that only ever passes, or passes when it is told nothing, holds nobody. */
async function tryCheck(
  { name, input }: Operation,
  run: ConformanceRun,
): Promise<readonly ConformanceResult[]> {
  const answers: JsonValue[] = [];
  // oxlint-disable-next-line no-await-in-loop
  for (const example of examplesOf(input)) answers.push(await run.call(name, example));
  const outcomes = answers.map((answer) => CheckAnswer.safeParse(answer).data?.outcome);
  const empty = await answerToNothing(name, run);
  return [
    result(`${name}: its answers are those of a check`, !outcomes.includes(undefined)),
    result(`${name}: an example passes`, outcomes.includes('pass')),
    result(
      `${name}: an example does not pass`,
      outcomes.some((outcome) => outcome !== 'pass'),
    ),
    result(`${name}: nothing at all does not pass`, empty !== 'pass'),
  ];
}

async function answerToNothing(name: string, run: ConformanceRun): Promise<unknown> {
  try {
    return CheckAnswer.safeParse(await run.call(name, {})).data?.outcome;
  } catch {
    // To refuse it is the best answer: at a gate, an error denies.
    return 'refused';
  }
}

function result(rule: string, holds: boolean): ConformanceResult {
  return { rule, outcome: holds ? 'pass' : 'fail' };
}
