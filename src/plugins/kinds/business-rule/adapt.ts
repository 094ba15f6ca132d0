import { digestOf, type JsonValue } from '../../../kernel/index.ts';
import { defineCheck, fail, pass, undetermined, type Check } from '../../../validation/index.ts';
import { KindMismatchError } from '../../errors/index.ts';
import type { ActivePlugin, Caller } from '../../registry/registry-parts.ts';
import { gateTimeOf } from '../gate-time.ts';
import type { OperationCaller } from '../kind.ts';
import { readsOf } from '../reads-of.ts';
import { findOperation, isObject, propertiesOf } from '../schema-shape.ts';
import { RulesDecision } from './rules-answer.ts';

const MAX_MESSAGE = 480;

/**
 * Gives the rules of a plugin as a check of gates, `plugin.<id>.decide`: it passes when every rule does, fails with the messages of
 * those that fail, and is undetermined as soon as one cannot be decided.
 *
 * @param plugin - The version that the check is bound to, whose entry is a file of rules.
 * @param caller - Who the gate asks for: it needs a role that allows `decide`.
 */
export function ruleCheckOf(
  executor: OperationCaller,
  plugin: ActivePlugin,
  caller: Caller,
): Check<unknown> {
  const { manifest, digest } = plugin.version;
  const found = findOperation(manifest, 'decide');
  const { facts: schema } = propertiesOf(found?.operation.input ?? {});
  return defineCheck({
    id: `plugin.${manifest.id}.decide`,
    version: digestOf({ plugin: digest, operation: 'decide', caller: caller.id }),
    reads: readsOf(isObject(schema) ? schema : {}),
    message: `The rules of ${manifest.title} hold.`,
    remedy: `Ask "explain" of ${manifest.id} what they rest on.`,
    timeoutMs: gateTimeOf(manifest.limits),
    evaluateAsync: async (facts: unknown, signal: AbortSignal) => {
      // What zod has read from JSON is JSON.
      const input: JsonValue = { facts: facts as JsonValue };
      const call = { plugin: manifest.id, operation: 'decide', input, caller, signal };
      const result = await executor.execute(call);
      if (result.digest !== digest || result.operation !== 'decide')
        throw new KindMismatchError(manifest.id, 'decide', 'the version that was bound');
      const answer = RulesDecision.safeParse(result.output);
      if (!answer.success) throw new KindMismatchError(manifest.id, 'decide', 'what rules say');
      return resultOf(answer.data);
    },
  });
}

/** What fails is certain even where something else is open. */
function resultOf({ outcome, rules, failed, tables }: RulesDecision): ReturnType<typeof pass> {
  const broken = rules.filter(({ rule }) => failed.includes(rule));
  const message = (lines: readonly string[]): string => lines.join(' ').slice(0, MAX_MESSAGE);
  if (broken.length > 0)
    return fail({
      message: message(broken.map((rule) => rule.message)),
      remedy: message(broken.map((rule) => rule.remedy)),
      paths: broken.flatMap(({ paths }) => paths).slice(0, 50),
    });
  if (outcome === 'decided' && rules.length > 0) return pass();
  const open = rules.filter(({ reason }) => reason !== '');
  const reasons = [...open, ...tables].map(({ reason }) => reason).filter((text) => text !== '');
  return undetermined({
    message: message(['The rules cannot be decided:', ...new Set(reasons)]),
    paths: open.flatMap(({ paths }) => paths).slice(0, 50),
  });
}
