import { createHmac, hkdfSync } from 'node:crypto';

/** Other ids for those that come in; the same one for the same id. */
export interface Pseudonyms {
  /** The id of a resource: at most 64 letters, digits, "-" and ".". */
  resourceId(type: string, id: string): string;
  /** In place of a `urn:uuid:` or `urn:oid:`. */
  urn(urn: string): string;
  /** The value of a business identifier; undefined without a key, which alone makes it worth keeping. */
  identifier(system: string, value: string): string | undefined;
}

const LABEL = 'phasegate/fhir-pseudonym/1';
const KEY_BYTES = 32;
const ID_DIGITS = 32;

/**
 * Gives pseudonyms: with a key the same ones in every call, by HMAC-SHA-256; without one, numbers in the order of their
 * appearance, which say nothing and hold for one call.
 */
export function createPseudonyms(key: Uint8Array | undefined): Pseudonyms {
  return key === undefined ? numbered() : keyed(key);
}

function keyed(key: Uint8Array): Pseudonyms {
  const own = new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), LABEL, KEY_BYTES));
  const digest = (...parts: readonly string[]): string =>
    createHmac('sha256', own).update(JSON.stringify(parts)).digest('hex');
  return {
    resourceId: (type, id) => digest('resource', type, id).slice(0, ID_DIGITS),
    urn: (urn) => urnOf(digest('urn', urn)),
    identifier: (system, value) => digest('identifier', system, value).slice(0, ID_DIGITS),
  };
}

function numbered(): Pseudonyms {
  const known = new Map<string, number>();
  const numberOf = (name: string): number => {
    const number = known.get(name) ?? known.size + 1;
    known.set(name, number);
    return number;
  };
  return {
    resourceId: (type, id) => `r${numberOf(JSON.stringify(['resource', type, id]))}`,
    urn: (urn) =>
      urnOf(
        numberOf(JSON.stringify(['urn', urn]))
          .toString(16)
          .padStart(ID_DIGITS, '0'),
      ),
    identifier: () => undefined,
  };
}

/** A UUID of version 8 (RFC 9562), whose digits are the application's own. */
function urnOf(digits: string): string {
  const [a, b, c, d, e] = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(13, 16),
    digits.slice(17, 20),
    digits.slice(20, 32),
  ];
  return `urn:uuid:${a}-${b}-8${c}-8${d}-${e}`;
}
