import { digestOf } from '../../kernel/index.ts';
import type { Binding } from '../../validation/index.ts';
import { InvalidBindingError } from '../errors.ts';
import type { ComplianceFacts } from '../facts/compliance-facts.ts';
import { complianceFacts, type SuppliedFacts } from '../facts/merge-facts.ts';
import type { Standard } from '../standard/standard.ts';
import type { TransitionTag } from '../facts/vocabulary.ts';
import type { StandardBinding, TaggedTransition } from './bind-standard.ts';
import type { WithCompliance } from './gate-checks-of.ts';

/** What {@link defineCompliance} takes. */
export interface ComplianceDefinition<Facts> {
  readonly standards: readonly StandardBinding[];
  /** What transitions are, as `from -> to`: checks find by it the transitions that they are for. */
  readonly tags?: Readonly<Record<string, readonly TransitionTag[]>>;
  /**
   * The parts that the workflow itself knows: amounts, totals, labels, a scan of its artifacts. Pure, and its text is part of
   * the digest: what it takes from outside has to be told in `version`.
   */
  readonly facts?: (facts: Facts, known: ComplianceFacts) => SuppliedFacts;
  /** Changes the digest where the text of `facts` does not show a change. */
  readonly version?: string;
}

/** What a workflow engine knows of the move that it asks about; nothing that is supplied replaces it. */
export interface CompliancePlace {
  readonly approvals: NonNullable<ComplianceFacts['approvals']>;
  readonly now: string;
  readonly from: string;
  readonly to: string;
  /** The parts that the engine vouches for. */
  readonly engine: SuppliedFacts;
}

/** Standards bound to a workflow, and where their facts come from. */
export interface Compliance<in Facts = never> {
  readonly standards: readonly StandardBinding[];
  /** Changes whenever a standard, its binding, a tag or the text of `facts` does. */
  readonly digest: string;
  /**
   * Gives what joins the gate of each transition, by `from -> to`.
   *
   * @throws {@link InvalidBindingError} for a tag of a transition that is not there, and for a check that finds none.
   */
  readonly bindingsFor: (
    transitions: readonly Pick<TaggedTransition, 'from' | 'to'>[],
  ) => ReadonlyMap<string, readonly Binding<WithCompliance>[]>;
  /** Puts the facts of a move together. */
  readonly factsAt: (facts: Facts, place: CompliancePlace, host: SuppliedFacts) => ComplianceFacts;
  /**
   * The same with another edition of one of its standards, by its id.
   *
   * @throws {@link InvalidBindingError} for a standard that is not among them; as {@link bindStandard}.
   */
  readonly withEdition: (edition: Standard) => Compliance<Facts>;
}

/**
 * Describes which standards a workflow is asked by, and where their facts come from.
 *
 * @throws {@link InvalidBindingError} for a standard that is bound twice.
 */
export function defineCompliance<Facts>(
  definition: ComplianceDefinition<Facts>,
): Compliance<Facts> {
  const { standards, tags = {}, facts, version = '1' } = definition;
  const ids = standards.map(({ standard }) => standard.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new InvalidBindingError(twice, '*', 'it is bound twice');
  const digest = digestOf({
    standards: standards.map(({ digest: bound }) => bound),
    tags,
    version,
    facts: facts === undefined ? null : String(facts),
  });
  return Object.freeze({
    standards: Object.freeze([...standards]),
    digest,
    bindingsFor: (transitions) => bindingsFor(transitions, { standards, tags }),
    factsAt: (given, place, host) => {
      const move = { from: place.from, to: place.to };
      const told = { ...place, tags: tagsOf(tags, move) };
      const known = factsFrom([host], told);
      return factsFrom([host, facts?.(given, known) ?? {}], told);
    },
    withEdition: (edition) => {
      if (!ids.includes(edition.id))
        throw new InvalidBindingError(edition.id, '*', 'no gate asks by it');
      return defineCompliance({
        ...definition,
        standards: standards.map((bound) =>
          bound.standard.id === edition.id ? bound.rebind(edition) : bound,
        ),
      });
    },
  } satisfies Compliance<Facts>);
}

/** Puts together what is supplied, with what the engine vouches for on top of it. */
function factsFrom(
  supplied: readonly SuppliedFacts[],
  place: CompliancePlace & { readonly tags: readonly TransitionTag[] },
): ComplianceFacts {
  const { now, from, to, tags, approvals, engine } = place;
  const executors = [...supplied, engine].flatMap(({ actors }) => actors?.executors ?? []);
  const validated = [...supplied, engine].flatMap((part) => part.validated ?? []);
  // Approvals of the run stand beside sessions and grants that somebody else knows.
  const sessions = [...supplied, engine].flatMap((part) => part.sessions ?? []);
  const requester = engine.actors?.requester;
  const nobodyElse = { actors: { author: null } };
  const facts = complianceFacts(now, nobodyElse, ...supplied, engine, {
    transition: { from, to, tags },
    actors: { executors: [...new Set(executors)] },
    approvals,
    // What somebody else has held against a schema counts besides.
    ...(validated.length === 0 ? {} : { validated }),
    ...(engine.sessions === undefined ? {} : { sessions }),
  });
  if (requester !== undefined) return facts;
  // Who asked is known to the engine, or to nobody.
  const { requester: _claimed, ...actors } = { requester: '', ...facts.actors };
  return { ...facts, actors } as ComplianceFacts;
}

type Tags = NonNullable<ComplianceDefinition<never>['tags']>;
type Move = Pick<TaggedTransition, 'from' | 'to'>;

/** Names a move as tags and bindings do: `from -> to`. */
export function moveName({ from, to }: Move): string {
  return `${from} -> ${to}`;
}

function tagsOf(tags: Tags, move: Move): readonly TransitionTag[] {
  const name = moveName(move);
  return Object.hasOwn(tags, name) ? (tags[name] ?? []) : [];
}

function bindingsFor(
  transitions: readonly Move[],
  { standards, tags }: { readonly standards: readonly StandardBinding[]; readonly tags: Tags },
): ReadonlyMap<string, readonly Binding<WithCompliance>[]> {
  const names = new Set(transitions.map(moveName));
  const unknown = Object.keys(tags).find((name) => !names.has(name));
  if (unknown !== undefined)
    throw new InvalidBindingError('*', '*', `there is no transition "${unknown}" to be tagged`);
  const tagged = transitions.map(({ from, to }) => ({
    from,
    to,
    tags: tagsOf(tags, { from, to }),
  }));
  const bound = standards.map((standard) => standard.bindingsFor(tagged));
  return new Map(
    transitions.map((move, index) => [
      moveName(move),
      bound.flatMap((bindings) => bindings[index] ?? []),
    ]),
  );
}
