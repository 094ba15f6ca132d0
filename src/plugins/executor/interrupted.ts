import type { Kysely } from 'kysely';
import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import { NothingToSettleError } from '../errors/index.ts';
import type { Caller, RegistryParts } from '../registry/registry-parts.ts';
import type { PluginTables } from '../registry/tables.ts';
import type { EffectOutputs } from './effect-outputs.ts';

type Queries = Kysely<PluginTables>;

/** What is kept of a call with side effects while it is not known how it ends. */
const Begun = z.object({
  plugin: z.string(),
  digest: z.string(),
  operation: z.string(),
  inputDigest: z.string(),
  caller: z.string(),
  thread: z.string(),
  run: z.string(),
  phase: z.string(),
  /** The opening of the registry that made the call. */
  holder: z.object({ id: z.string(), host: z.string(), pid: z.number() }).optional(),
});
export type Begun = z.infer<typeof Begun>;

/** A call whose process died in its middle: whether its effect happened, only the other side knows. */
export interface InterruptedCall {
  /** What `plugins settle` takes. */
  readonly effectKey: string;
  readonly plugin: string;
  readonly operation: string;
  readonly caller: string;
  /** Empty outside of a run. */
  readonly thread: string;
  readonly run: string;
  readonly phase: string;
  /** When it was begun, ISO-8601 UTC. */
  readonly at: string;
}

/** What a person has found out about an effect. */
export interface SettleOrder {
  readonly effectKey: string;
  readonly caller: Caller;
  readonly reason: string;
  /** What it gave, if it happened: the same call gets this from now on. Without it the same call may be made again. */
  readonly happened?: { readonly output: JsonValue };
}

/** Longer than any call may take: after it, a process of another machine is not in its middle any more. */
const LONGEST_CALL_MS = 900_000;

/**
 * Tells of every call with side effects whose process died in its middle: a row of the history, with the outcome `interrupted`,
 * and an event. Told once.
 */
export async function tellInterrupted(parts: RegistryParts, caller: Caller): Promise<void> {
  for (const key of (await untold(parts.database.reader)).map(({ effect_key: each }) => each)) {
    // One after the other, each with its evidence.
    // oxlint-disable-next-line no-await-in-loop
    await parts.database.exclusively(async (queries) => {
      // Asked once more under the lock: another process may have been faster.
      const [row] = await untold(queries, key);
      const begun = row === undefined ? undefined : begunOf(row);
      if (row === undefined || begun === undefined || isGoingOn(parts, begun, row.claimed_at))
        return;
      await tell(parts, queries, { begun, key, at: row.claimed_at, caller });
    });
  }
}

/** Gives the interrupted calls of a plugin, or of all, that nobody has settled; the oldest first. */
export async function interruptedCalls(
  queries: Queries,
  plugin?: string,
): Promise<readonly InterruptedCall[]> {
  const rows = await queries
    .selectFrom('plugins_effects as effect')
    .innerJoin('plugins_executions as call', 'call.effect_key', 'effect.effect_key')
    .select(['effect.effect_key', 'effect.begun', 'effect.claimed_at'])
    .where('effect.output', 'is', null)
    .where('call.outcome', '=', 'interrupted')
    .orderBy('effect.claimed_at')
    .distinct()
    .execute();
  return rows.flatMap((row): readonly InterruptedCall[] => {
    const begun = begunOf(row);
    if (begun === undefined || (plugin !== undefined && begun.plugin !== plugin)) return [];
    const { operation, caller, thread, run, phase } = begun;
    const call = { plugin: begun.plugin, operation, caller, thread, run, phase };
    return [{ ...call, effectKey: row.effect_key, at: row.claimed_at }];
  });
}

/**
 * Settles how an effect ended, by a person's word. Recorded before it holds.
 *
 * @throws {@link NothingToSettleError} for a key that no open effect has.
 */
export async function settleEffect(
  parts: RegistryParts & { readonly outputs: EffectOutputs },
  { effectKey, caller, reason, happened }: SettleOrder,
): Promise<void> {
  const sealed =
    happened === undefined ? undefined : await parts.outputs.seal(effectKey, happened.output);
  await parts.database.exclusively(async (queries) => {
    const row = await queries
      .selectFrom('plugins_effects')
      .selectAll()
      .where('effect_key', '=', effectKey)
      .where('output', 'is', null)
      .executeTakeFirst();
    if (row === undefined) throw new NothingToSettleError(effectKey);
    const begun = begunOf(row);
    if (begun !== undefined && isGoingOn(parts, begun, row.claimed_at))
      throw new NothingToSettleError(effectKey);
    if (sealed === undefined)
      await queries.deleteFrom('plugins_effects').where('effect_key', '=', effectKey).execute();
    else
      await queries
        .updateTable('plugins_effects')
        .set({ output: sealed })
        .where('effect_key', '=', effectKey)
        .execute();
    await parts.events.record({
      key: `plugins/${parts.ids.next()}`,
      kind: 'plugin-call',
      caller,
      plugin: begun?.plugin ?? '',
      digest: begun?.digest ?? '',
      outcome: 'success',
      facts: { what: 'settled', happened: happened !== undefined, effect: effectKey, reason },
    });
  });
}

interface OpenEffect {
  readonly effect_key: string;
  readonly claimed_at: string;
  readonly begun: string | null;
}

/** Effects without an end, and without a row of the history that says that their call failed. */
async function untold(queries: Queries, key?: string): Promise<readonly OpenEffect[]> {
  const open = queries
    .selectFrom('plugins_effects')
    .select(['effect_key', 'claimed_at', 'begun'])
    .where('output', 'is', null)
    .where('begun', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('plugins_executions')
            .select('id')
            .whereRef('plugins_executions.effect_key', '=', 'plugins_effects.effect_key')
            .whereRef('plugins_executions.started_at', '>=', 'plugins_effects.claimed_at'),
        ),
      ),
    );
  return await (key === undefined ? open : open.where('effect_key', '=', key)).execute();
}

function begunOf({ begun }: Pick<OpenEffect, 'begun'>): Begun | undefined {
  return begun === null ? undefined : Begun.parse(JSON.parse(begun));
}

function isGoingOn({ leases }: RegistryParts, { holder }: Begun, claimedAt: string): boolean {
  if (leases === undefined || holder === undefined) return false;
  if (holder.id === leases.holder.id) return true;
  const until = new Date(Date.parse(claimedAt) + LONGEST_CALL_MS).toISOString();
  return leases.lives(holder, until);
}

interface Telling {
  readonly begun: Begun;
  readonly key: string;
  readonly at: string;
  readonly caller: Caller;
}

async function tell(
  { ids, events }: RegistryParts,
  queries: Queries,
  { begun, key, at, caller }: Telling,
): Promise<void> {
  const id = ids.next();
  const { plugin, digest, operation, thread, run, phase, inputDigest } = begun;
  await queries
    .insertInto('plugins_executions')
    .values({
      id,
      plugin,
      digest,
      operation,
      caller: begun.caller,
      thread: thread === '' ? null : thread,
      run: run === '' ? null : run,
      phase: phase === '' ? null : phase,
      outcome: 'interrupted',
      error: 'PLUGINS_INTERRUPTED',
      started_at: at,
      wall_ms: 0,
      cpu_ms: 0,
      memory_bytes: 0,
      input_digest: inputDigest,
      output_digest: '',
      effect_key: key,
      cost_usd: 0,
    })
    .execute();
  await events.record({
    key: `plugins/${id}`,
    kind: 'plugin-call',
    caller,
    plugin,
    digest,
    outcome: 'failure',
    facts: { what: 'interrupted', operation, effect: key, thread, run, phase },
  });
}
