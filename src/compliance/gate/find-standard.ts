import { UnknownStandardError } from '../errors.ts';
import type { Standard } from '../standard/standard.ts';
import { standards } from '../standards/registry.generated.ts';

const BY_ID: ReadonlyMap<string, Standard> = new Map(Object.entries(standards));

/** Ids of the standards that come with the package. */
export const STANDARD_IDS: readonly string[] = Object.freeze([...BY_ID.keys()]);

/**
 * Gives a standard that comes with the package.
 *
 * @throws {@link UnknownStandardError} if there is none of that id.
 */
export function findStandard(id: string): Standard {
  const standard = BY_ID.get(id);
  if (standard === undefined) throw new UnknownStandardError(id, STANDARD_IDS);
  return standard;
}
