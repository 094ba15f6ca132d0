import type { Kysely } from 'kysely';

import { digestOf, type Clock } from '../../kernel/index.ts';
import { CallApprovalNeededError, EffectUnknownError } from '../errors/index.ts';
import type { PluginTables } from '../registry/tables.ts';
import type { Begun } from './interrupted.ts';

/** A call with side effects, as far as its claim and its approval are concerned. */
export interface EffectCall {
  readonly plugin: string;
  readonly digest: string;
  readonly operation: string;
  readonly idempotent: boolean;
  readonly inputDigest: string;
  /** What makes the call this one and no other: thread, run, phase and visit. */
  readonly place: string;
  /** Outside of a run, where no place tells that a call is made again. */
  readonly isAlone: boolean;
  readonly begun: Begun;
}

/** What is known of an effect before it is begun. */
export type Claim =
  | { readonly kind: 'begin'; readonly key: string; readonly approval: string | undefined }
  /** It happened before: this is what came of it, sealed. */
  | { readonly kind: 'done'; readonly key: string; readonly sealed: string };

/**
 * Claims an effect before it is begun, so that a call that runs again after a crash finds it. The approval of these arguments is
 * used up by the claim, in one transaction.
 *
 * @throws {@link CallApprovalNeededError} without a person's consent that is in date and unused; {@link EffectUnknownError} when
 * it was begun before, its end is not known, and the operation cannot be repeated.
 */
export async function claimEffect(
  queries: Kysely<PluginTables>,
  call: EffectCall,
  clock: Clock,
): Promise<Claim> {
  const key = effectKey(call);
  const at = clock.now();
  const begun = JSON.stringify(call.begun);
  const before = await queries
    .selectFrom('plugins_effects')
    .select('output')
    .where('effect_key', '=', key)
    .executeTakeFirst();
  if (typeof before?.output === 'string') return { kind: 'done', key, sealed: before.output };
  if (before !== undefined) {
    if (call.idempotent) {
      await queries
        .updateTable('plugins_effects')
        .set({ begun, claimed_at: at })
        .where('effect_key', '=', key)
        .execute();
      return { kind: 'begin', key, approval: undefined };
    }
    throw new EffectUnknownError(call.plugin, call.operation, key);
  }
  if (call.isAlone && !call.idempotent) await demandSettled(queries, call);
  const approval = await queries
    .selectFrom('plugins_approvals')
    .select('id')
    .where('digest', '=', call.digest)
    .where('operation', '=', call.operation)
    .where('input_digest', '=', call.inputDigest)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  if (approval === undefined)
    throw new CallApprovalNeededError(call.plugin, call.operation, call.inputDigest);
  await queries
    .updateTable('plugins_approvals')
    .set({ used_at: at })
    .where('id', '=', approval.id)
    .execute();
  await queries
    .insertInto('plugins_effects')
    .values({ effect_key: key, claimed_at: at, begun, output: null })
    .execute();
  return { kind: 'begin', key, approval: approval.id };
}

/** Whoever makes an interrupted call once more with the same arguments first has to find out whether it happened. */
async function demandSettled(queries: Kysely<PluginTables>, call: EffectCall): Promise<void> {
  const open = await queries
    .selectFrom('plugins_executions as before')
    .innerJoin('plugins_effects as effect', 'effect.effect_key', 'before.effect_key')
    .select('effect.effect_key')
    .where('before.outcome', '=', 'interrupted')
    .where('before.plugin', '=', call.plugin)
    .where('before.operation', '=', call.operation)
    .where('before.input_digest', '=', call.inputDigest)
    .where('effect.output', 'is', null)
    .executeTakeFirst();
  if (open !== undefined)
    throw new EffectUnknownError(call.plugin, call.operation, open.effect_key);
}

/** Writes down what came of an effect, sealed. */
export async function finishEffect(
  queries: Kysely<PluginTables>,
  key: string,
  sealed: string,
): Promise<void> {
  await queries
    .updateTable('plugins_effects')
    .set({ output: sealed })
    .where('effect_key', '=', key)
    .execute();
}

/** Forgets a claim whose effect certainly did not happen, because the plugin never ran; its approval is good again. */
export async function releaseEffect(
  queries: Kysely<PluginTables>,
  { key, approval }: Extract<Claim, { kind: 'begin' }>,
): Promise<void> {
  // A claim without an approval of its own was found: it belongs to the call that began it.
  if (approval === undefined) return;
  await queries
    .deleteFrom('plugins_effects')
    .where('effect_key', '=', key)
    .where('output', 'is', null)
    .execute();
  await queries
    .updateTable('plugins_approvals')
    .set({ used_at: null })
    .where('id', '=', approval)
    .execute();
}

function effectKey({ plugin, operation, inputDigest, place }: EffectCall): string {
  return digestOf({ plugin, operation, inputDigest, place });
}
