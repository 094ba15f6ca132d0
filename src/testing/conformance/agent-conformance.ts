import { canonicalJson } from '../../kernel/index.ts';
import type { Agent, AgentRun } from '../../workflow/index.ts';
import { NotConformingError } from '../errors.ts';
import type { AgentCase, ConformanceCheck } from './agent-case.ts';
import {
  artifactFits,
  artifactIsJson,
  attempt,
  isDeterministic,
  scriptsAreUsed,
  stopsWhenAborted,
  taskFits,
  taskIsLeftAlone,
  type Finding,
  type Trial,
} from './agent-laws.ts';

/**
 * Gives the checks of the agent contract, to be run by any test runner.
 *
 * For each case: the task fits the agent's schemas; the artifact fits its schema, also when it is parsed again; it is plain
 * JSON; the task is left alone; what the case scripts is asked for; the simulated variant gives the same bytes at another
 * time in another run. For all cases together: different cases give different artifacts, so choose cases that must
 * differ, two at least. An `llm` variant with a scripted model keeps the same contract but for determinism, and an abort
 * stops it.
 *
 * ```ts
 * import { agentConformance, type AgentCase } from 'phasegate/testing';
 * import type { Agent } from 'phasegate/workflow';
 *
 * declare const agent: Agent<string, unknown, string>;
 * declare const cases: readonly AgentCase<string, unknown, string>[];
 * // Of vitest, node:test, ...
 * declare function test(name: string, run: () => Promise<void>): void;
 *
 * for (const { name, run } of agentConformance(agent, cases)) test(name, run);
 * ```
 */
export function agentConformance<Input, Reads, Artifact>(
  agent: Agent<Input, Reads, Artifact>,
  cases: readonly AgentCase<Input, Reads, Artifact>[],
): readonly ConformanceCheck[] {
  return [
    ...cases.flatMap((one) => simulatedChecks(agent, one)),
    check(agent, 'simulated: different cases give different artifacts', () => reacts(agent, cases)),
    ...llmChecks(agent, cases),
  ];
}

function simulatedChecks<Input, Reads, Artifact>(
  agent: Agent<Input, Reads, Artifact>,
  one: AgentCase<Input, Reads, Artifact>,
): readonly ConformanceCheck[] {
  const trial = { agent, one, run: agent.simulated, withModel: false };
  return [
    check(agent, `${one.name}: the task fits the schemas of the agent`, () => taskFits(trial)),
    ...contractChecks(trial, `${one.name}, simulated`),
    check(agent, `${one.name}, simulated: the same task gives the same bytes`, () =>
      isDeterministic(trial),
    ),
  ];
}

function llmChecks<Input, Reads, Artifact>(
  agent: Agent<Input, Reads, Artifact>,
  cases: readonly AgentCase<Input, Reads, Artifact>[],
): readonly ConformanceCheck[] {
  const { llm } = agent;
  const scripted = cases.filter((one) => one.llm !== undefined);
  if (llm === undefined) {
    const finding =
      scripted.length === 0 ? undefined : 'a case scripts a model, but there is no llm variant';
    return [
      check(agent, 'llm: cases script a model for a variant that is there', () =>
        Promise.resolve(finding),
      ),
    ];
  }
  const trials = scripted.map((one) => ({ agent, one, run: llm, withModel: true }));
  const [first] = trials;
  return [
    ...trials.flatMap((trial) => contractChecks(trial, `${trial.one.name}, llm`)),
    check(agent, 'llm: an abort stops it', () =>
      first === undefined
        ? Promise.resolve('no case scripts a model for the llm variant')
        : stopsWhenAborted(first),
    ),
  ];
}

/** What holds for both variants. */
function contractChecks<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
  name: string,
): readonly ConformanceCheck[] {
  const { agent } = trial;
  return [
    check(agent, `${name}: the artifact fits its schema`, () => artifactFits(trial)),
    check(agent, `${name}: the artifact is plain JSON`, () => artifactIsJson(trial)),
    check(agent, `${name}: the task is left alone`, () => taskIsLeftAlone(trial)),
    check(agent, `${name}: the scripts of the case are used up`, () => scriptsAreUsed(trial)),
  ];
}

async function reacts<Input, Reads, Artifact>(
  agent: Agent<Input, Reads, Artifact>,
  cases: readonly AgentCase<Input, Reads, Artifact>[],
): Finding {
  if (cases.length < 2) return 'two cases at least are needed to see a difference';
  const run: AgentRun<Input, Reads, Artifact> = agent.simulated;
  const seen = new Map<string, string>();
  for (const one of cases) {
    // oxlint-disable-next-line no-await-in-loop -- in the order of the cases, so that the report is the same each time
    const bytes = canonicalJson(await attempt({ one, run, withModel: false }));
    const twin = seen.get(bytes);
    if (twin !== undefined) return `cases "${twin}" and "${one.name}" give the same artifact`;
    seen.set(bytes, one.name);
  }
  return undefined;
}

/** Makes a check of a law; whatever the law throws is a finding too. */
function check(agent: { readonly id: string }, name: string, law: () => Finding): ConformanceCheck {
  const subject = `Agent ${agent.id}, ${name}`;
  return {
    name,
    run: async () => {
      const finding = await law().catch((error: unknown) => {
        throw new NotConformingError(subject, `it failed with ${String(error)}`, error);
      });
      if (finding !== undefined) throw new NotConformingError(subject, finding);
    },
  };
}
