import { randomBytes } from 'node:crypto';

import type { JsonValue } from '../../kernel/index.ts';
import type { Operation } from '../contract/index.ts';
import { EffectUnreadableError } from '../errors/index.ts';
import type { ActivePlugin, RegistryParts } from '../registry/registry-parts.ts';
import type { EffectOutputs } from './effect-outputs.ts';
import {
  claimEffect,
  finishEffect,
  releaseEffect,
  type Claim,
  type EffectCall,
} from './effects.ts';
import type { OperationCall } from './operation-call.ts';

/** A call of an operation with side effects, and the digest of its arguments. */
export interface EffectTurn {
  readonly plugin: ActivePlugin;
  readonly operation: Operation;
  readonly call: OperationCall;
  readonly inputDigest: string;
}

/** What side effects are claimed and kept with. */
export type EffectParts = RegistryParts & { readonly outputs: EffectOutputs };

/** Claims the effect of a call before its plugin runs. @throws {@link CallRefusedError} without a consent to these arguments. */
export async function claimFor(parts: EffectParts, turn: EffectTurn): Promise<Claim> {
  await parts.outputs.ready();
  const { plugin, operation, call, inputDigest } = turn;
  const { id, digest } = plugin.version;
  const { thread = '', run = '', phase = '', call: part } = call.place ?? {};
  const begun = {
    plugin: id,
    digest,
    operation: operation.name,
    inputDigest,
    caller: call.caller.id,
    thread,
    run,
    phase,
    holder: parts.leases?.holder,
  };
  const effect: EffectCall = {
    plugin: id,
    digest,
    operation: operation.name,
    idempotent: operation.idempotent,
    inputDigest,
    // Outside of a run nothing runs again by itself: each call is one of its own.
    place:
      part === undefined
        ? randomBytes(16).toString('hex')
        : JSON.stringify([thread, run, phase, part]),
    isAlone: part === undefined,
    begun,
  };
  return await parts.database.exclusively(
    async (queries) => await claimEffect(queries, effect, parts.clock),
  );
}

/** Keeps what came of an effect, sealed. */
export async function finishCall(
  parts: EffectParts,
  key: string,
  output: JsonValue,
): Promise<void> {
  const sealed = await parts.outputs.seal(key, output);
  await parts.database.exclusively(async (queries) => await finishEffect(queries, key, sealed));
}

/** Gives what came of an effect that had happened before. @throws {@link EffectUnreadableError}. */
export async function outputOfBefore(
  { outputs }: EffectParts,
  { key, sealed }: Extract<Claim, { kind: 'done' }>,
  { plugin, operation }: EffectTurn,
): Promise<JsonValue> {
  try {
    return await outputs.open(key, sealed);
  } catch (error) {
    throw new EffectUnreadableError(plugin.version.id, operation.name, error);
  }
}

/** Gives a claim back: the plugin's code certainly did not begin. */
export async function releaseClaim(
  { database }: EffectParts,
  claim: Extract<Claim, { kind: 'begin' }>,
): Promise<void> {
  await database.exclusively(async (queries) => await releaseEffect(queries, claim));
}
