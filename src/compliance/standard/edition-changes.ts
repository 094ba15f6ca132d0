import { digestOf } from '../../kernel/index.ts';
import type { Standard, StandardCheck } from './standard.ts';

/** What an edition of a standard says otherwise than the one that it takes the place of. Checks stand by their ids. */
export interface EditionChanges {
  /** Checks that the edition leaves out. */
  readonly dropped: readonly string[];
  /** Checks that gates were asked and are not asked any more. */
  readonly ungated: readonly string[];
  /** Checks that ask, or tell, something else. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  /** Parts of the pack beside its checks that say something else, such as `extent` or `neverAttestable`. */
  readonly texts: readonly string[];
}

/** Beside its id, version and checks. */
const TEXTS = ['title', 'source', 'note', 'extent', 'neverAttestable'] as const;

/** Compares an edition of a standard with the one that it takes the place of. */
export function editionChanges(edition: Standard, before: Standard): EditionChanges {
  const was = new Map(before.checks.map((check) => [check.id, check]));
  const is = new Map(edition.checks.map((check) => [check.id, check]));
  const kept = before.checks.flatMap((one) => {
    const other = is.get(one.id);
    return other === undefined ? [] : [[one, other] as const];
  });
  return Object.freeze({
    dropped: [...was.keys()].filter((id) => !is.has(id)),
    ungated: kept.filter(([one, other]) => isGated(one) && !isGated(other)).map(([{ id }]) => id),
    changed: kept
      .filter(([one, other]) => textDigest(one) !== textDigest(other))
      .map(([{ id }]) => id),
    added: [...is.keys()].filter((id) => !was.has(id)),
    texts: TEXTS.filter((part) => digestOf(edition.pack[part]) !== digestOf(before.pack[part])),
  });
}

function isGated({ mode, primitive }: StandardCheck): boolean {
  return mode !== 'report' && primitive.gate !== undefined;
}

function textDigest({ primitive, note, ...check }: StandardCheck): string {
  return digestOf({ ...check, note: note ?? null, primitive: primitive.id });
}
