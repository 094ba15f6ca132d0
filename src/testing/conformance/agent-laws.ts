import { setTimeout as delay } from 'node:timers/promises';

import { canonicalJson, deepFrozen, frozenJson } from '../../kernel/index.ts';
import type { Agent, AgentRun, AgentTask } from '../../workflow/index.ts';
import { agentContext, type AgentContextOverrides } from '../agent-context.ts';
import { fakeClock } from '../fake-clock.ts';
import { scriptedModel } from '../scripted-model.ts';
import type { AgentCase } from './agent-case.ts';

/** What is wrong, in a sentence; undefined if nothing is. */
export type Finding = Promise<string | undefined>;

/** One implementation of an agent, tried with one case. */
export interface Trial<Input, Reads, Artifact> {
  readonly agent: Agent<Input, Reads, Artifact>;
  readonly run: AgentRun<Input, Reads, Artifact>;
  readonly one: AgentCase<Input, Reads, Artifact>;
  /** Whether `run` gets the scripted model. */
  readonly withModel: boolean;
}

/** Long enough for the machine's clock to show another millisecond. */
const LATER_MS = 5;
const ABORT_WITHIN_MS = 2000;
const ANOTHER_RUN: AgentContextOverrides = { thread: 'thread-2', run: 'run-2', phase: 'phase-2' };

/** The task is one that the workflow could give: the agent's own schemas take it, and it is plain JSON. */
export async function taskFits<Input, Reads, Artifact>(
  trial: Pick<Trial<Input, Reads, Artifact>, 'agent' | 'one'>,
): Finding {
  const { agent, one } = trial;
  const { input, artifacts } = one.task;
  frozenJson(one.task);
  const parsed = await agent.input.safeParseAsync(input);
  if (!parsed.success) return `the input does not fit its schema at ${pathsOf(parsed.error)}`;
  for (const phase of keysOf(agent.reads)) {
    // oxlint-disable-next-line no-await-in-loop -- the first misfit is enough
    const artifact = await agent.reads[phase].safeParseAsync(artifacts[phase]);
    if (!artifact.success) {
      return `the artifact of ${String(phase)} does not fit its schema at ${pathsOf(artifact.error)}`;
    }
  }
  return undefined;
}

/** The artifact fits its schema, and parsing it once more changes nothing. */
export async function artifactFits<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
): Finding {
  const parsed = await trial.agent.artifact.safeParseAsync(await attempt(trial));
  if (!parsed.success) return `the artifact does not fit its schema at ${pathsOf(parsed.error)}`;
  const again = await trial.agent.artifact.safeParseAsync(parsed.data);
  const stable = again.success && canonicalJson(again.data) === canonicalJson(parsed.data);
  return stable ? undefined : 'the artifact changes when its schema parses it once more';
}

/** The artifact holds strings, finite numbers, booleans, null, arrays and plain objects only. */
export async function artifactIsJson<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
): Finding {
  frozenJson(await attempt(trial), 'artifact');
  return undefined;
}

/** What stands in the task before stands in it afterwards. */
export async function taskIsLeftAlone<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
): Finding {
  const task = structuredClone(trial.one.task);
  const before = canonicalJson(task);
  await attempt(trial, {}, task);
  return canonicalJson(task) === before ? undefined : 'the task was changed';
}

/** The decisions and the model's answers that the case scripts are all asked for. */
export async function scriptsAreUsed<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
): Finding {
  const model = scriptedModel(trial.one.llm ?? []);
  const context = agentContext({
    ...decisionsOf(trial.one),
    ...(trial.withModel ? { model } : {}),
  });
  await trial.run(frozenTask(trial.one.task), context);
  context.assertConsumed();
  if (trial.withModel) model.assertConsumed();
  return undefined;
}

/** The same task gives the same bytes, at another time and in another run. */
export async function isDeterministic<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
): Finding {
  const first = canonicalJson(await attempt(trial));
  await delay(LATER_MS);
  if (canonicalJson(await attempt(trial)) !== first) return 'a second run gave another artifact';
  const later = { ...ANOTHER_RUN, clock: fakeClock('2031-07-09T10:11:12.131Z') };
  const other = canonicalJson(await attempt(trial, later));
  return other === first ? undefined : 'the artifact depends on the time, the thread or the run';
}

/** An abort while the model is thinking ends the agent, with the abort as its error. */
export async function stopsWhenAborted<Input, Reads, Artifact>(
  trial: Trial<Input, Reads, Artifact>,
): Finding {
  const controller = new AbortController();
  const reason = new DOMException('The test aborted the agent.', 'AbortError');
  const model = scriptedModel([{ expect: () => abortSoon(controller, reason), hangs: true }]);
  const context = { ...decisionsOf(trial.one), model, signal: controller.signal };
  const ended = attempt(trial, context).then(
    () => 'it gave an artifact although it was aborted',
    (error: unknown) =>
      isAbort(error) ? undefined : `it ended with ${String(error)}, not with the abort`,
  );
  const timer = new AbortController();
  const late = delay(ABORT_WITHIN_MS, 'it went on although it was aborted', {
    signal: timer.signal,
  });
  const finding = await Promise.race([ended, late.catch(() => undefined)]);
  timer.abort();
  return model.requests.length === 0 ? 'it did not call its model' : finding;
}

/** Runs an implementation as the workflow would. */
export async function attempt<Input, Reads, Artifact>(
  trial: Omit<Trial<Input, Reads, Artifact>, 'agent'>,
  overrides: AgentContextOverrides = {},
  task: AgentTask<Input, Reads, Artifact> = frozenTask(trial.one.task),
): Promise<Artifact> {
  const model = trial.withModel ? { model: scriptedModel(trial.one.llm ?? []) } : {};
  return await trial.run(task, agentContext({ ...decisionsOf(trial.one), ...model, ...overrides }));
}

function frozenTask<Input, Reads, Artifact>(
  task: AgentTask<Input, Reads, Artifact>,
): AgentTask<Input, Reads, Artifact> {
  return deepFrozen(structuredClone(task));
}

function decisionsOf(
  one: Pick<AgentCase<unknown, unknown, unknown>, 'decisions'>,
): AgentContextOverrides {
  return one.decisions === undefined ? {} : { decisions: one.decisions };
}

/** Aborts once the call has begun to hang. */
function abortSoon(controller: AbortController, reason: Error): true {
  setTimeout(() => controller.abort(reason), 0);
  return true;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function keysOf<Value extends object>(value: Value): readonly (keyof Value)[] {
  // Object.keys gives up the keys' type; `reads` is a plain object of schemas, so it is right.
  return Object.keys(value) as (keyof Value)[];
}

function pathsOf(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}): string {
  return error.issues
    .map((issue) => (issue.path.length === 0 ? '(root)' : issue.path.map(String).join('.')))
    .join(', ');
}
