import { timingSafeEqual } from 'node:crypto';

import { deepFrozen, digestOf, isDeepFrozen, isPhasegateError } from '../../kernel/index.ts';
import { InvalidOptionsError } from '../errors.ts';
import { isErased } from './erased.ts';
import { createSealCode } from './seal-code.ts';

/** What a seal speaks about; a seal of one kind never passes for another. */
export type SealKind = 'run' | 'artifact' | 'phase' | 'approval' | 'refusal' | 'answer';

/** Seals records, so that what a store gives back can be told from what somebody wrote into it. */
export interface Sealer {
  /** @returns The deeply frozen record with its `seal`, an HMAC-SHA256 over kind and content in base64url. */
  seal<Body extends object>(kind: SealKind, body: Body): Readonly<Body & { readonly seal: string }>;
  /** Tells whether this very object was sealed or verified here before; its shape is known then, too. */
  knows(kind: SealKind, record: unknown): boolean;
  /** Tells whether `record` carries the seal that this key gives it; what is not JSON cannot. */
  verify(kind: SealKind, record: { readonly seal: string }): boolean;
}

const MIN_KEY_BYTES = 32;

/**
 * Makes a sealer.
 *
 * @param key - At least 32 secret bytes. Whoever holds them can forge approvals.
 * @throws {@link InvalidOptionsError} if the key is shorter.
 * @see RFC 2104 (HMAC), FIPS 180-4 (SHA-256), RFC 8785 (canonical JSON)
 */
export function createSealer(key: Uint8Array): Sealer {
  if (key.byteLength < MIN_KEY_BYTES) {
    throw new InvalidOptionsError(
      `a seal key of ${key.byteLength} bytes`,
      `Give at least ${MIN_KEY_BYTES} random bytes.`,
    );
  }
  const code = createSealCode(key);
  const verified = new WeakMap<object, SealKind>();
  const macOf = (kind: SealKind, body: object): string =>
    code(`phasegate/1/${kind}/${digestOf(covered(kind, body))}`);
  return {
    seal: (kind, body) => {
      const record = deepFrozen({ ...body, seal: macOf(kind, body) });
      verified.set(record, kind);
      return record;
    },
    knows: (kind, record) =>
      typeof record === 'object' && record !== null && verified.get(record) === kind,
    verify: (kind, record) => {
      if (verified.get(record) === kind) return true;
      const genuine = holds(kind, record, (body) => macOf(kind, body));
      // Only what cannot change any more may be remembered.
      if (genuine && isDeepFrozen(record)) verified.set(record, kind);
      return genuine;
    },
  };
}

function holds(
  kind: SealKind,
  record: { readonly seal: string },
  macOf: (body: object) => string,
): boolean {
  const { seal, ...body } = record;
  try {
    // Compared as text, because base64url writes some bytes in more than one way.
    const given = Buffer.from(seal);
    const expected = Buffer.from(macOf(body));
    const equal = given.length === expected.length && timingSafeEqual(given, expected);
    // The digest of what was erased stays the one of what was there.
    return equal && (kind !== 'artifact' || isErased(record) || holdsItsDigest(body));
  } catch (error) {
    // Content that is not JSON cannot have been sealed.
    if (isPhasegateError(error)) return false;
    throw error;
  }
}

/** What the seal is computed over: an artifact's value is covered by the digest beside it. */
function covered(kind: SealKind, body: object): object {
  if (kind !== 'artifact' || !('value' in body)) return body;
  const { value: _, ...rest } = body;
  return rest;
}

/** An artifact has its own value: one that was taken out would be whatever a schema puts in its place. */
function holdsItsDigest(artifact: object): boolean {
  return (
    Object.hasOwn(artifact, 'value') &&
    'value' in artifact &&
    'digest' in artifact &&
    artifact.digest === digestOf(artifact.value)
  );
}
