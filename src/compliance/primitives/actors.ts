import { personKey } from '../../kernel/index.ts';
import type { Identity } from '../facts/vocabulary.ts';

/** Spellings of one name are one name, so that two are not taken for two persons. */
export function nameOf(id: string): string {
  return personKey(id);
}

/** A name by which something is looked up that was given to it: what only looks like it has no part in that. */
export function spellingOf(id: string): string {
  return id.normalize('NFKC').trim().toLowerCase();
}

/** Who answers for an id, or why that cannot be told. */
export type Owner = { readonly owner: string } | { readonly unknown: true };

/**
 * Resolves ids to who answers for them: a human to himself, an agent or a service to its owner, through others where an owner is
 * an agent again. An id that no identity tells of, an agent without an owner, and a circle cannot be resolved.
 */
export function ownersOf(identities: readonly Identity[]): (id: string) => Owner {
  const known = new Map(identities.map((identity) => [nameOf(identity.id), identity]));
  return (id) => {
    const seen = new Set<string>();
    let name = nameOf(id);
    for (;;) {
      const identity = known.get(name);
      if (identity === undefined) return seen.size === 0 ? { unknown: true } : { owner: name };
      if (identity.kind === 'human') return { owner: name };
      if (identity.owner === undefined || seen.has(name)) return { unknown: true };
      seen.add(name);
      name = nameOf(identity.owner);
    }
  };
}
