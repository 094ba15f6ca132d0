import { digestOf, type JsonValue } from '../../kernel/index.ts';
import { instantiatedPlan } from '../../plugins/index.ts';
import type { Principal } from '../../state/index.ts';
import { openPluginsOf, pluginCaller, type PluginSurroundings } from '../plugins/index.ts';
import { WORKFLOWS } from '../workflows/catalogue.ts';
import { NoTemplateError, TemplateChangedError, WorkflowNameTakenError } from './errors.ts';
import type { MadeWorkflow } from './made-workflow.ts';

/** A workflow that is wanted of a template. */
export interface MakingOrder {
  /** The plugin's id. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** The thread that is to run it. */
  readonly thread: string;
  readonly by: Principal;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks an active template for its workflow, through the one way to every operation: one that is not enabled, is stopped, or that
 * the caller may not call makes none.
 *
 * @throws PLUGINS_*; {@link NoTemplateError}; {@link WorkflowNameTakenError}.
 */
export async function makeWorkflow(
  surroundings: PluginSurroundings,
  { template: id, parameters, thread, by, signal }: MakingOrder,
): Promise<MadeWorkflow> {
  await using plugins = await openPluginsOf(surroundings, [by]);
  const { executor } = plugins;
  const kind = (await executor.active(id))?.version.manifest.kind;
  if (kind !== undefined && kind !== 'workflow-template') throw new NoTemplateError(id, kind);
  const { plan, digest } = await instantiatedPlan(executor, {
    plugin: id,
    parameters,
    caller: pluginCaller(by),
    place: { thread },
    ...(signal === undefined ? {} : { signal }),
  });
  const version = (await executor.active(id))?.version;
  const template = { id, version: version?.version ?? '', digest };
  // Upgraded while it answered: what is written down of it would not be what answered.
  if (version?.digest !== digest)
    throw new TemplateChangedError(thread, template, 'another version took its place just now');
  if (WORKFLOWS.some((known) => known.id === plan.id))
    throw new WorkflowNameTakenError(`${id}@${template.version}`, plan.id);
  return { template, parameters, plan };
}

/**
 * Demands that a template makes the workflow still that a thread was begun with.
 *
 * @throws {@link TemplateChangedError}; what {@link makeWorkflow} throws.
 */
export function demandSame(thread: string, begun: MadeWorkflow, now: MadeWorkflow): void {
  const { template } = begun;
  if (now.template.digest !== template.digest)
    throw new TemplateChangedError(
      thread,
      template,
      `what answers now is ${now.template.id}@${now.template.version} with other files`,
    );
  if (digestOf(now.plan) !== digestOf(begun.plan))
    throw new TemplateChangedError(
      thread,
      template,
      'it makes another plan of the same parameters now',
    );
}
