import { isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import { classOfType, redactValue, type DataClass, type Detector } from '../../privacy/index.ts';
import { PersonalDataRefusedError } from '../errors/index.ts';

/** Whether data goes to a plugin or comes from it. */
export type DataDirection = 'arguments' | 'results';

/** What becomes of data that a rule is about. */
export type DataAction = 'allow' | 'redact' | 'deny';

/** One rule; the first that fits a finding decides what becomes of it. */
export interface DataRule {
  /** A plugin's id, or `*`. */
  readonly plugin: string;
  /** An operation's name, or `*`. */
  readonly operation: string;
  readonly direction: DataDirection | 'both';
  /** Classes or types that it is about; everything when it is empty. */
  readonly data: readonly string[];
  readonly action: DataAction;
}

/**
 * What may go to plugins and come from them. Where no rule fits, identifiers and secrets are denied to plugins that can reach
 * the network, and everything else is allowed.
 */
export interface DataPolicy {
  readonly rules: readonly DataRule[];
  readonly detectors?: readonly Detector[];
  /** The longest time that one value is looked through, in milliseconds; 2,000 unless told. */
  readonly maxMs?: number;
}

/** Which call it is about. */
export interface DataPlace {
  readonly plugin: string;
  readonly operation: string;
  readonly direction: DataDirection;
  /** Whether the plugin can reach the network. */
  readonly reachesOut: boolean;
}

const DENIED_OUT: ReadonlySet<DataClass> = new Set<DataClass>(['identifier', 'secret']);
const DEFAULT_MS = 2_000;

/**
 * Holds a value against the policy.
 *
 * @returns The value, with what has to be redacted replaced by the names of its types.
 * @throws {@link PersonalDataRefusedError} for what is denied, and for what cannot be looked through: it names types, and no
 * value.
 */
export function applyDataPolicy(value: JsonValue, place: DataPlace, policy: DataPolicy): JsonValue {
  const rules = policy.rules.filter((rule) => fits(rule, place));
  const isOut = place.direction === 'arguments' && place.reachesOut;
  if (!isOut && rules.every(({ action }) => action === 'allow')) return value;
  const denied = new Set<string>();
  const maskOf = ({ type }: { readonly type: string }, text: string): string => {
    const action = actionFor(type, rules, isOut);
    if (action === 'deny') denied.add(type);
    return action === 'redact' ? `<${type}>` : text;
  };
  const result = looked(value, place, { policy, maskOf });
  if (denied.size > 0) throw new PersonalDataRefusedError(place, [...denied]);
  return result;
}

function looked(
  value: JsonValue,
  place: DataPlace,
  {
    policy,
    maskOf,
  }: { policy: DataPolicy; maskOf: (finding: { type: string }, text: string) => string },
): JsonValue {
  const { detectors = [], maxMs = DEFAULT_MS } = policy;
  try {
    return redactValue(value, { detectors, maxMs, maskOf }) as JsonValue;
  } catch (error) {
    if (isPhasegateError(error) && error.code.startsWith('PRIVACY_'))
      throw new PersonalDataRefusedError(place, [], error);
    throw error;
  }
}

function actionFor(type: string, rules: readonly DataRule[], isOut: boolean): DataAction {
  const kind = classOfType(type);
  const rule = rules.find(
    ({ data }) => data.length === 0 || data.includes(type) || data.includes(kind),
  );
  return rule?.action ?? (isOut && DENIED_OUT.has(kind) ? 'deny' : 'allow');
}

function fits({ plugin, operation, direction }: DataRule, place: DataPlace): boolean {
  return (
    (plugin === '*' || plugin === place.plugin) &&
    (operation === '*' || operation === place.operation) &&
    (direction === 'both' || direction === place.direction)
  );
}
