import { digestOf, type JsonValue } from '../../../kernel/index.ts';
import { defineCheck, fail, pass, undetermined, type Check } from '../../../validation/index.ts';
import type { CheckResult } from '../../../validation/index.ts';
import type { Operation } from '../../contract/index.ts';
import { KindMismatchError } from '../../errors/index.ts';
import type { ActivePlugin, Caller } from '../../registry/registry-parts.ts';
import { gateTimeOf } from '../gate-time.ts';
import type { OperationCaller } from '../kind.ts';
import { readsOf } from '../reads-of.ts';
import { CheckAnswer } from './answer.ts';

/**
 * Gives the checks that a plugin adds to gates, one for each operation: `plugin.<id>.<operation>`. A check reads what the
 * operation's input schema names, and nothing else reaches the plugin. Whatever goes wrong in a call, a time limit, an answer
 * that is none, a fallback that answers instead, or another version than the one that was bound, is an error, and denies.
 *
 * @param executor - Where calls go, with all their rights and limits.
 * @param plugin - The version that the checks are bound to; checks of another version have other digests.
 * @param caller - Who the gate asks for: it needs a role that allows the operations.
 */
export function checksOf(
  executor: OperationCaller,
  plugin: ActivePlugin,
  caller: Caller,
): readonly Check<unknown>[] {
  const { manifest, digest } = plugin.version;
  return manifest.contributes.operations.map((operation) =>
    defineCheck({
      id: checkId(manifest.id, operation.name),
      version: digestOf({ plugin: digest, operation: operation.name, caller: caller.id }),
      reads: readsOf(operation.input),
      message: operation.description,
      remedy: `Look at what "${operation.name}" of ${manifest.title} asks for.`,
      timeoutMs: gateTimeOf(manifest.limits),
      evaluateAsync: async (facts: unknown, signal: AbortSignal) => {
        // What zod has read from JSON is JSON.
        const input = facts as JsonValue;
        const call = { plugin: manifest.id, operation: operation.name, input, caller, signal };
        const result = await executor.execute(call);
        if (result.digest !== digest)
          throw new KindMismatchError(manifest.id, operation.name, 'the version that was bound');
        if (result.operation !== operation.name)
          throw new KindMismatchError(manifest.id, operation.name, 'an answer of its own');
        return resultOf(result.output, manifest.id, operation);
      },
    }),
  );
}

function resultOf(output: JsonValue, plugin: string, { name }: Operation): CheckResult {
  const answer = CheckAnswer.safeParse(output);
  if (!answer.success) throw new KindMismatchError(plugin, name, 'pass, fail or undetermined');
  const { outcome, message, remedy, paths } = answer.data;
  if (outcome === 'pass') return pass();
  const finding = {
    ...(message === undefined ? {} : { message }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(paths === undefined ? {} : { paths }),
  };
  return outcome === 'fail' ? fail(finding) : undetermined(finding);
}

/** A check's id is dotted and its first part begins with a letter; a plugin's id need not. */
function checkId(plugin: string, operation: string): string {
  return `plugin.${plugin}.${operation.replaceAll('_', '-')}`;
}
