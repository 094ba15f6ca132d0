import { isDeepFrozen } from '../../kernel/index.ts';
import type { Reader, RunView } from './run-view.ts';

type Raw = Readonly<Record<string, unknown>>;

interface Known {
  readonly raw: Raw;
  readonly workflow: Reader['workflow'];
  readonly view: RunView;
}

/** By sealer, because what one key has verified says nothing about another; by the object that is the run's record. */
const views = new WeakMap<Reader['sealer'], WeakMap<object, Known>>();

/**
 * Gives the view that these very records were read into before, so that a guard edge and the phase behind it read one
 * state once. Records are compared by identity, which is enough: what was read was frozen.
 */
export function knownView(raw: unknown, { sealer, workflow, whole }: Reader): RunView | undefined {
  if (whole === true || !isRecord(raw) || !isRecord(raw['run'])) return undefined;
  const known = views.get(sealer)?.get(raw['run']);
  return known?.workflow === workflow && holdsTheSame(known.raw, raw) ? known.view : undefined;
}

/** Keeps a view for {@link knownView}. */
export function noteView(raw: unknown, view: RunView, { sealer, workflow, whole }: Reader): void {
  if (whole === true || view.run === null || !isRecord(raw)) return;
  const own = views.get(sealer) ?? new WeakMap<object, Known>();
  views.set(sealer, own.set(view.run, { raw: surfacesOf(raw), workflow, view }));
}

/** What {@link holdsTheSame} looks at. */
function surfacesOf(raw: Raw): Raw {
  return {
    input: raw['input'],
    artifacts: surfaceOf(raw['artifacts']),
    history: surfaceOf(raw['history']),
    approvals: surfaceOf(raw['approvals']),
  };
}

/** A copy of a list or record that holds the same things, whatever its owner does with the original. */
function surfaceOf(part: unknown): unknown {
  if (!isObject(part) || isDeepFrozen(part)) return part;
  return Array.isArray(part) ? [...part] : { ...part };
}

const PARTS = ['artifacts', 'history', 'approvals'] as const;

function holdsTheSame(one: Raw, other: Raw): boolean {
  return (
    isSameValue(one['input'], other['input']) &&
    PARTS.every((part) => isSameValue(one[part], other[part]) || isSameList(one[part], other[part]))
  );
}

/** Of two lists, or two records, whether they hold the same things under the same keys. */
function isSameList(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length && one.every((item, index) => isSameValue(item, other[index]))
    );
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => isSameValue(one[key], other[key]))
  );
}

/** Whether two values are the same and cannot have become another one since. */
function isSameValue(one: unknown, other: unknown): boolean {
  return one === other && (!isObject(one) || isDeepFrozen(one));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}
