import { digestOf, type JsonValue } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { ThreadMismatchError, UnknownWorkflowError } from '../errors.ts';
import type { PluginSurroundings } from '../plugins/index.ts';
import { WORKFLOWS, workflowNamed, type WorkflowEntry } from '../workflows/catalogue.ts';
import { keepWorkflow, keptWorkflow, type KeepingParts } from './kept-workflows.ts';
import { demandSame, makeWorkflow } from './make-workflow.ts';
import { entryOfMade, isTemplateId, type MadeWorkflow } from './made-workflow.ts';

/** The workflow of a thread, and what has to hold before anything is sent into it. */
export interface ThreadWorkflow {
  readonly entry: WorkflowEntry;
  /** @throws PLUGINS_* and APP_* where the run may not go on with the template that it was made of. */
  readonly admit: (message: { readonly kind: string }) => Promise<void>;
}

type Parts = KeepingParts & PluginSurroundings;

/** A thread of the list, as far as it matters here. */
interface Running {
  readonly thread: string;
  readonly workflow: string;
}

/** Who sends something into a thread. */
interface Sender {
  readonly by: Principal;
  readonly signal?: AbortSignal | undefined;
}

/** What is to be run on a thread. */
export interface WantedWorkflow extends Running {
  /** Of a template; none unless told. */
  readonly parameters?: Readonly<Record<string, JsonValue>> | undefined;
  /** The workflow that runs on the thread already; undefined for a new thread. */
  readonly known: string | undefined;
}

/** Describes what runs on a thread, without asking its template: that one may be gone. @throws APP_KEPT_WORKFLOW. */
export async function entryOfThread(parts: KeepingParts, at: Running): Promise<WorkflowEntry> {
  if (isShipped(at.workflow)) return workflowNamed(at.workflow);
  return entryOfMade(await keptWorkflow(parts, at));
}

/** Gives what a thread runs that exists. @throws APP_KEPT_WORKFLOW. */
export async function workflowOfThread(
  parts: Parts,
  at: Running,
  sender: Sender,
): Promise<ThreadWorkflow> {
  if (isShipped(at.workflow)) return shipped(at.workflow);
  const kept = await keptWorkflow(parts, at);
  return {
    entry: entryOfMade(kept),
    admit: async () => {
      const { template, parameters } = kept;
      const order = { template: template.id, parameters, thread: at.thread, ...sender };
      demandSame(at.thread, kept, await makeWorkflow(parts, order));
    },
  };
}

/**
 * Gives what is to be run: a workflow that comes with Phasegate, one that a template makes, or by its name the one that the thread
 * runs already.
 *
 * @throws PLUGINS_*; APP_*.
 */
export async function workflowToRun(
  parts: Parts,
  wanted: WantedWorkflow,
  sender: Sender,
): Promise<ThreadWorkflow> {
  const { thread, workflow, parameters = {}, known } = wanted;
  if (isShipped(workflow)) return shipped(workflow);
  if (!isTemplateId(workflow)) {
    if (known === workflow) return await workflowOfThread(parts, { thread, workflow }, sender);
    throw new UnknownWorkflowError(
      workflow,
      WORKFLOWS.map(({ id }) => id),
    );
  }
  const made = await makeWorkflow(parts, { template: workflow, parameters, thread, ...sender });
  const entry = entryOfMade(made);
  if (known === entry.id) await demandBegun(parts, thread, made);
  return {
    entry,
    admit: async ({ kind }) => {
      if (kind === 'start') await keepWorkflow(parts, { thread, made, by: sender.by });
    },
  };
}

async function demandBegun(parts: Parts, thread: string, made: MadeWorkflow): Promise<void> {
  const begun = await keptWorkflow(parts, { thread, workflow: made.plan.id });
  if (digestOf(begun.parameters) !== digestOf(made.parameters))
    throw new ThreadMismatchError(thread, 'was begun with other parameters');
  demandSame(thread, begun, made);
}

function isShipped(id: string): boolean {
  return WORKFLOWS.some((workflow) => workflow.id === id);
}

function shipped(id: string): ThreadWorkflow {
  return { entry: workflowNamed(id), admit: async () => undefined };
}
