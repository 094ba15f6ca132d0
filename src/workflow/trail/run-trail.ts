import type { RunnableConfig } from '@langchain/core/runnables';
import { isGraphBubbleUp } from '@langchain/langgraph';
import { z } from 'zod';

import type { AuditEvent } from '../../audit/index.ts';
import { digestOf, isPhasegateError } from '../../kernel/index.ts';
import { INPUT, Principal, type RunRecord, type Verdict } from '../../state/index.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import type { StateUpdate } from '../state/channels.ts';
import type { RunView } from '../state/run-view.ts';
import type { Standing, StandingGuard } from './standing.ts';
import type { Teller } from './teller.ts';
import {
  decided,
  gateVerdict,
  modelCalled,
  phaseEntered,
  phaseFailed,
  phaseLeft,
  refused,
  runEnded,
  runStarted,
  type Decided,
  type ModelCall,
  toolUsed,
  type Scene,
  type ToolUse,
  type Worker,
} from './trail-events.ts';

/** Tells the audit trail what a run does. Each method resolves once it is stored; what rejects must not happen. */
export interface RunTrail {
  /** Who began a run: as the trail was told before, or whoever calls now. */
  beganBy(
    config: RunnableConfig,
    of: { readonly thread: string; readonly run: string },
  ): Promise<Principal>;
  /** Opens the telling of one visit of a phase. */
  visit(start: VisitStart): VisitTrail;
  /** A node that was not let in. */
  refused(entry: EntryPlace, update: StateUpdate): Promise<void>;
  /** A run that an end has closed; `verdict` is the one that led there. */
  ended(entry: EntryPlace, update: StateUpdate, verdict: Verdict | null): Promise<void>;
}

/** Where a node was entered. */
export interface EntryPlace {
  readonly thread: string;
  readonly config: RunnableConfig;
  /** The state that it found. */
  readonly view: Pick<RunView, 'run' | 'visits' | 'artifacts'>;
}

/** A visit that begins. */
export interface VisitStart extends Pick<EntryPlace, 'thread' | 'config'> {
  readonly run: Scene['run'];
  readonly worker: Omit<Worker, 'input'>;
  readonly visits: number;
  /** The verdict that let it in; null at the beginning of a run. */
  readonly verdict: Verdict | null;
}

/** Tells of one visit. */
export interface VisitTrail {
  /** Before the agent runs. */
  entered(): Promise<void>;
  /** After a model has answered, before the agent sees it. */
  called(call: ModelCall): Promise<void>;
  /** Before a tool is called, and after it has answered, before the agent sees it. */
  used(use: ToolUse): Promise<void>;
  /** When it waits for a person, or failed. */
  stopped(error: unknown): Promise<void>;
  /** Before its update is written; `next` is the verdict on the way out, where the run goes on. */
  finished(done: VisitDone): Promise<void>;
}

/** A visit that is done. */
export interface VisitDone {
  readonly update: StateUpdate;
  readonly view: Pick<RunView, 'artifacts'>;
  readonly decisions: readonly Decided[];
  readonly next: Verdict | undefined;
}

/** What {@link createRunTrail} takes. */
export interface RunTrailParts {
  readonly workflow: WorkflowShape;
  readonly tell: Teller;
  /** Sees that no older state is taken for the present one. */
  readonly standing: StandingGuard;
  readonly identify: (config: RunnableConfig) => Principal | Promise<Principal>;
}

/** Makes the trail of one compiled workflow. */
export function createRunTrail(parts: RunTrailParts): RunTrail {
  const { workflow, tell, identify, standing } = parts;
  const policy = workflow.digest;
  return Object.freeze({
    beganBy: async (config: RunnableConfig, { thread, run }: Parameters<RunTrail['beganBy']>[1]) =>
      (await standing.beganBy(thread, run)) ?? Principal.parse(await identify(config)),
    visit: (start: VisitStart) => visitTrail(start, parts),
    refused: async ({ thread, config, view }: EntryPlace, { refusals = [] }: StateUpdate) => {
      const run = view.run ?? { id: '', inputDigest: '' };
      const scene = { thread, run, index: view.visits, step: stepOf(config), policy };
      await tell(refusals.map((refusal) => refused(scene, refusal)));
    },
    ended: async (entry: EntryPlace, update: StateUpdate, verdict: Verdict | null) => {
      const { run } = update;
      if (run === undefined) return;
      const { thread, config, view } = entry;
      await standing.check({ thread, config, run: run.id, visits: view.visits });
      const scene = { thread, run, index: view.visits, step: stepOf(config), policy };
      const led = verdict === null ? [] : [gateVerdict(before(scene), verdict)];
      await tell([...led, runEnded(scene, run, digestOfArtifacts(view))]);
    },
  });
}

function visitTrail(
  { thread, config, run, worker, visits, verdict }: VisitStart,
  { workflow, tell, standing }: Pick<RunTrailParts, 'workflow' | 'tell' | 'standing'>,
): VisitTrail {
  const stand: Standing = { thread, config, visits, run: run.id };
  const scene = { thread, run, index: visits, step: stepOf(config), policy: workflow.digest };
  const at = { ...worker, input: verdict?.factsDigest ?? run.inputDigest };
  const entry = phaseEntered(scene, at);
  return Object.freeze({
    entered: async () => {
      await standing.check(stand);
      // What is only worked out, without a model, is told of together with its result: one commit a visit.
      const begun =
        verdict === null ? [runStarted(scene, workflow.id)] : [gateVerdict(before(scene), verdict)];
      await tell(verdict === null || worker.variant === 'llm' ? [...begun, entry] : begun);
    },
    called: async (call: ModelCall) => tell([entry, modelCalled(scene, at, call)]),
    used: async (use: ToolUse) => tell([entry, toolUsed(scene, at, use)]),
    stopped: async (error: unknown) => {
      const failed = isGraphBubbleUp(error) ? [] : [phaseFailed(scene, at, codeOf(error, config))];
      await tell([entry, ...failed]);
    },
    finished: async ({ update, view, decisions, next }: VisitDone) => {
      const made = decisions.map((one, nth) => decided(scene, at, { ...one, nth }));
      await standing.checkDecisions(stand, made);
      await tell([entry, ...made, ...endOf(scene, at, { update, view, next })]);
      standing.passed(stand);
    },
  });
}

function endOf(
  scene: Scene,
  at: Worker,
  { update, view, next }: Omit<VisitDone, 'decisions'>,
): readonly AuditEvent[] {
  const { history = [], artifacts = [], refusals = [] } = update;
  const made = artifacts.find(({ phase }) => phase === at.phase.id);
  const [visit, end] = history;
  const left =
    visit === undefined ? [] : [phaseLeft(scene, at, { output: made?.digest ?? '', visit })];
  const verdict = end?.verdict ?? next;
  return [
    ...refusals.map((refusal) => refused(scene, refusal)),
    ...left,
    ...(verdict === undefined ? [] : [gateVerdict(scene, verdict)]),
    ...(hasEnded(update.run) ? [runEnded(scene, update.run, digestOfArtifacts(view))] : []),
  ];
}

function hasEnded(run: RunRecord | undefined): run is RunRecord {
  return run !== undefined && run.status !== 'running';
}

/** The visit before this one, as it was when it told of its own way out. */
function before(scene: Scene): Scene {
  return { ...scene, index: scene.index - 1, step: scene.step - 1 };
}

const Metadata = z.object({ langgraph_step: z.number().catch(0) }).catch({ langgraph_step: 0 });

function stepOf({ metadata }: RunnableConfig): number {
  return Metadata.parse(metadata).langgraph_step;
}

function digestOfArtifacts({ artifacts }: Pick<RunView, 'artifacts'>): string {
  const made = Object.entries(artifacts).filter(([phase]) => phase !== INPUT);
  return digestOf(Object.fromEntries(made.map(([phase, { digest }]) => [phase, digest])));
}

function codeOf(error: unknown, { signal }: RunnableConfig): string {
  if (isPhasegateError(error)) return error.code;
  return signal?.aborted === true ? 'ABORTED' : 'UNEXPECTED';
}
