import { digestOf } from '../../kernel/index.ts';
import type { Binding } from '../../validation/index.ts';
import { InvalidBindingError } from '../errors.ts';
import type { TransitionTag } from '../facts/vocabulary.ts';
import type { Standard } from '../standard/standard.ts';
import { findStandard } from './find-standard.ts';
import { gateChecksOf, isFor, type GateCheck, type WithCompliance } from './gate-checks-of.ts';

/** What a failing check does: hold the run, be shown, or only be recorded. */
export type BindingMode = 'deny' | 'warn' | 'audit';

/** How a standard is bound to a workflow. */
export interface StandardBindingOptions {
  /** For every check; `deny` unless told. */
  readonly mode?: BindingMode;
  /** For single checks, by their id. */
  readonly modes?: Readonly<Record<string, BindingMode>>;
  /** Transitions that its checks are asked at, as `from -> to`; all whose tags fit unless told. */
  readonly transitions?: readonly string[];
  /** Checks that have nothing to ask about in this workflow, by their id: why. Shown in every report. */
  readonly notApplicable?: Readonly<Record<string, string>>;
}

/** A transition, as a binding sees it. */
export interface TaggedTransition {
  readonly from: string;
  readonly to: string;
  readonly tags?: readonly TransitionTag[];
}

/** A standard bound to a workflow. */
export interface StandardBinding {
  readonly standard: Standard;
  readonly notApplicable: ReadonlyMap<string, string>;
  /** Changes whenever the standard or the way it is bound does. */
  readonly digest: string;
  /**
   * Gives the bindings that join each transition's gate, in the order of the transitions.
   *
   * @throws {@link InvalidBindingError} for a check that no transition is for and that no reason sets aside.
   */
  readonly bindingsFor: (
    transitions: readonly TaggedTransition[],
  ) => readonly (readonly Binding<WithCompliance>[])[];
  /**
   * Binds another edition of the standard in the same way. What is said of a check that the edition leaves out is left out; a reason why
   * a check does not apply holds for no other question.
   *
   * @throws as {@link bindStandard}
   */
  readonly rebind: (edition: Standard) => StandardBinding;
}

/**
 * Binds a standard to a workflow: its checks join the gates of the transitions that they are for. A check that finds no
 * transition is refused, unless a reason for it is recorded: nothing is left out in silence.
 *
 * @param standard - One of ours by its id, or one of your own.
 * @throws {@link UnknownStandardError}; {@link InvalidBindingError} for a check that is not there, or an empty reason.
 */
export function bindStandard(
  standard: Standard | string,
  options: StandardBindingOptions = {},
): StandardBinding {
  const bound = typeof standard === 'string' ? findStandard(standard) : standard;
  const { modes = {}, notApplicable = {} } = options;
  for (const id of [...Object.keys(modes), ...Object.keys(notApplicable)]) {
    if (!bound.checks.some((check) => check.id === id))
      throw new InvalidBindingError(bound.id, id, 'there is none');
  }
  const empty = Object.entries(notApplicable).find(([, reason]) => reason.trim() === '');
  if (empty !== undefined)
    throw new InvalidBindingError(bound.id, empty[0], 'the reason why it does not apply is empty');
  const reasons = new Map(Object.entries(notApplicable));
  const checks = gateChecksOf(bound).filter(({ source }) => !reasons.has(source.id));
  return Object.freeze({
    standard: bound,
    notApplicable: reasons,
    rebind: (edition) => bindStandard(edition, optionsFor(edition, bound, options)),
    digest: digestOf({ standard: bound.digest, options: bindingText(options) }),
    bindingsFor: (transitions) => {
      const names = transitions.map(({ from, to }) => `${from} -> ${to}`);
      const unknown = options.transitions?.find((name) => !names.includes(name));
      if (unknown !== undefined)
        throw new InvalidBindingError(bound.id, '*', `there is no transition "${unknown}"`);
      const placed = transitions.map((transition) =>
        checks.filter((check) => isAskedAt(check, transition, options)),
      );
      for (const { source } of checks) {
        if (!placed.some((there) => there.some((check) => check.source === source)))
          throw new InvalidBindingError(
            bound.id,
            source.id,
            `no transition is tagged ${source.primitive.on.join(' or ') || 'for it'}`,
          );
      }
      return placed.map((there) => there.map((check) => bindingOf(check, options)));
    },
  } satisfies StandardBinding);
}

function optionsFor(
  edition: Standard,
  before: Standard,
  options: StandardBindingOptions,
): StandardBindingOptions {
  const asks = ({ checks }: Standard, id: string) =>
    checks.find((check) => check.id === id)?.primitive.id;
  const isThere = (id: string): boolean => asks(edition, id) !== undefined;
  const isAlike = (id: string): boolean => asks(edition, id) === asks(before, id);
  return {
    ...options,
    modes: only(options.modes, isThere),
    notApplicable: only(options.notApplicable, isAlike),
  };
}

function only<Value>(
  all: Readonly<Record<string, Value>> = {},
  isKept: (id: string) => boolean,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => isKept(id)));
}

/** What of a binding can be said as data. */
function bindingText({
  mode = 'deny',
  modes = {},
  transitions,
  notApplicable = {},
}: StandardBindingOptions): Record<string, unknown> {
  return { mode, modes, notApplicable, transitions: transitions ?? null };
}

function isAskedAt(
  { source }: GateCheck,
  { from, to, tags = [] }: TaggedTransition,
  { transitions }: StandardBindingOptions,
): boolean {
  return (transitions?.includes(`${from} -> ${to}`) ?? true) && isFor(source, tags);
}

function bindingOf(
  { check, source }: GateCheck,
  { mode = 'deny', modes = {} }: StandardBindingOptions,
): Binding<WithCompliance> {
  return Object.freeze({
    check,
    mode: modes[source.id] ?? mode,
    consequence: { kind: 'deny' } as const,
  });
}
