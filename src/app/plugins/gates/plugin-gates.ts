import { z } from 'zod';

import type { Config } from '../../../config/index.ts';
import type { Logger } from '../../../kernel/index.ts';
import {
  checksOf,
  ruleCheckOf,
  type ActivePlugin,
  type Executor,
  type Plugins,
} from '../../../plugins/index.ts';
import {
  auditOn,
  defineCheck,
  denyOn,
  undetermined,
  warnOn,
  type Binding,
  type Check,
} from '../../../validation/index.ts';
import { withBindings, type WorkflowDescription } from '../../../workflow/index.ts';
import { UnknownGateError } from '../errors.ts';
import type { AppAudit } from '../../evidence/index.ts';
import { HOUSE } from '../scanning/scan-rules.ts';

/** Checks of plugins that the configuration binds to gates. Close it when done. */
export interface PluginGates extends AsyncDisposable {
  /**
   * Adds to a workflow's gates what the plugins ask there.
   *
   * @throws {@link UnknownGateError} for a transition that the workflow does not have.
   */
  applyTo<Input, Artifacts>(
    workflow: WorkflowDescription<Input, Artifacts>,
  ): WorkflowDescription<Input, Artifacts>;
}

/** What gates are opened with. */
export interface GateSurroundings {
  readonly config: Config;
  readonly logger: Logger;
  readonly audit: AppAudit;
}

type Gate = Config['plugins']['gates'][number];

/**
 * Opens the plugins that are asked at gates; none are opened where the configuration binds none. A plugin that is not active, or
 * has no checks, is a check that cannot be decided: at a gate, that denies.
 *
 * @throws STORAGE_RECORDS_*; APP_UNUSABLE_POLICY; AUDIT_*.
 */
export async function openPluginGates(surroundings: GateSurroundings): Promise<PluginGates> {
  const { gates } = surroundings.config.plugins;
  if (gates.length === 0) return NO_GATES;
  // What few need is loaded by those who do.
  const { openPluginsOf } = await import('../open-plugins-of.ts');
  const plugins = await openPluginsOf(surroundings, []);
  try {
    const checks = new Map<string, readonly Check<unknown>[]>();
    for (const id of new Set(gates.map(({ plugin }) => plugin)))
      // oxlint-disable-next-line no-await-in-loop
      checks.set(id, await checksFrom(plugins, id));
    return {
      applyTo: (workflow) => applied(workflow, gates, checks),
      [Symbol.asyncDispose]: async () => await plugins[Symbol.asyncDispose](),
    };
  } catch (error) {
    await plugins[Symbol.asyncDispose]();
    throw error;
  }
}

const NO_GATES: PluginGates = Object.freeze({
  applyTo: <Input, Artifacts>(workflow: WorkflowDescription<Input, Artifacts>) => workflow,
  [Symbol.asyncDispose]: async () => undefined,
});

async function checksFrom(
  { executor }: Pick<Plugins, 'executor'>,
  id: string,
): Promise<readonly Check<unknown>[]> {
  const active = await executor.active(id);
  return active === undefined
    ? [unanswered(id, 'it is not active')]
    : checksOfKind(executor, active);
}

function checksOfKind(executor: Executor, plugin: ActivePlugin): readonly Check<unknown>[] {
  const { id, manifest } = plugin.version;
  if (manifest.kind === 'compliance-validator') return checksOf(executor, plugin, HOUSE);
  if (manifest.kind === 'business-rule') return [ruleCheckOf(executor, plugin, HOUSE)];
  return [unanswered(id, `a ${manifest.kind} has no checks`)];
}

/** Stands at a gate for a plugin that cannot be asked there. */
function unanswered(id: string, why: string): Check<unknown> {
  return defineCheck({
    id: `plugin.${id}`,
    version: why,
    reads: z.unknown(),
    message: `The plugin ${id} could not be asked: ${why}.`,
    remedy: `Enable it with "phasegate plugins enable ${id}", or take it out of [plugins] gates.`,
    evaluate: () => undetermined({ message: `The plugin ${id} could not be asked: ${why}.` }),
  });
}

const BIND = Object.freeze({ deny: denyOn, warn: warnOn, audit: auditOn });

function applied<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  gates: readonly Gate[],
  checks: ReadonlyMap<string, readonly Check<unknown>[]>,
): WorkflowDescription<Input, Artifacts> {
  const here = gates.filter((gate) => gate.workflow === workflow.id);
  if (here.length === 0) return workflow;
  const lost = here.find(
    ({ from, to }) => !workflow.transitions.some((move) => move.from === from && move.to === to),
  );
  if (lost !== undefined) throw new UnknownGateError(workflow.id, lost.from, lost.to);
  return withBindings(workflow, ({ from, to }) =>
    here
      .filter((gate) => gate.from === from && gate.to === to)
      .flatMap(({ plugin, mode }): readonly Binding<unknown>[] =>
        (checks.get(plugin) ?? []).map((check) => BIND[mode](check)),
      ),
  );
}
