import type { JsonValue } from '../../../../../../kernel/index.ts';
import type { RemovalClass } from '../removals.ts';
import { drop, elementOf, isFields, keepIf, listOf, oneOf, type Treatment } from '../treatment.ts';
import { concept } from './datatypes.ts';

/** Where resources live that have been given other ids: a name that no server has (RFC 2606). */
export const ELSEWHERE = 'https://deidentified.invalid';
const PSEUDONYM_SYSTEM = 'urn:phasegate:pseudonym';
const ID = /^[A-Za-z0-9.-]{1,64}$/;
const URN = /^urn:(uuid|oid):[0-9A-Fa-f.-]{1,100}$/;
const MAX_REFERENCE = 2048;

/** What a type of identifier stands for. @see http://terminology.hl7.org/CodeSystem/v2-0203 */
const BY_TYPE: Readonly<Record<string, RemovalClass>> = {
  SS: 'social-security-number',
  SB: 'social-security-number',
  MR: 'medical-record-number',
  MRT: 'medical-record-number',
  PI: 'medical-record-number',
  MA: 'health-plan-number',
  MB: 'health-plan-number',
  MC: 'health-plan-number',
  NH: 'health-plan-number',
  AN: 'account-number',
  BA: 'account-number',
  DL: 'licence-number',
  LN: 'licence-number',
  MD: 'licence-number',
  DEA: 'licence-number',
  NPI: 'licence-number',
  PPN: 'licence-number',
  VN: 'account-number',
  SNO: 'device-identifier',
  UDI: 'device-identifier',
};

function classOf(identifier: Readonly<Record<string, JsonValue>>): RemovalClass {
  const { type, system } = identifier;
  if (system === 'http://hl7.org/fhir/sid/us-ssn') return 'social-security-number';
  if (system === 'http://hl7.org/fhir/sid/us-npi') return 'licence-number';
  const codings = isFields(type) && Array.isArray(type['coding']) ? type['coding'] : [];
  for (const entry of codings as readonly JsonValue[]) {
    const code = isFields(entry) ? entry['code'] : undefined;
    const isKnown = typeof code === 'string' && Object.hasOwn(BY_TYPE, code);
    const known = isKnown ? BY_TYPE[code] : undefined;
    if (known !== undefined) return known;
  }
  return 'identifier';
}

const rest = elementOf({
  use: oneOf('usual', 'official', 'temp', 'secondary', 'old'),
  type: concept,
  system: drop('identifier'),
  value: drop('identifier'),
  period: drop('date'),
  assigner: drop('identifier'),
});

/** A number that stands for somebody or something: gone, or a pseudonym of it where there is a key. */
export const identifier: Treatment = (value, path, pass) => {
  if (!isFields(value)) return pass.recorder.note(path, 'malformed');
  const kind = classOf(value);
  const { system, value: number, ...others } = value;
  const pseudonym =
    typeof number === 'string'
      ? pass.pseudonyms.identifier(typeof system === 'string' ? system : '', number)
      : undefined;
  if (pseudonym === undefined) return pass.recorder.note(path, kind);
  const kept = rest(others, path, pass);
  // One that is not to be read without its extension is not to be read at all.
  if (kept === undefined && Object.hasOwn(value, 'modifierExtension')) return undefined;
  pass.recorder.note(path, kind, 'replaced');
  return { ...(isFields(kept) ? kept : {}), system: PSEUDONYM_SYSTEM, value: pseudonym };
};
export const identifiers = listOf(identifier);

/** The id of a resource of this type. */
export function idOf(type: string): Treatment {
  return (value, path, { recorder, pseudonyms }) => {
    if (typeof value !== 'string' || !ID.test(value)) return recorder.note(path, 'malformed');
    recorder.note(path, 'identifier', 'replaced');
    return pseudonyms.resourceId(type, value);
  };
}

/** Types that a reference may name. */
export type KnownType = (type: string) => boolean;

/** A pointer to another resource, or where one can be found: by its other id, at no server. */
export function pointerTo(isKnown: KnownType): Treatment {
  return (value, path, { recorder, pseudonyms, base }) => {
    const found = typeof value === 'string' ? readReference(value, isKnown) : undefined;
    // Patient/1 of another server is somebody else: two persons must not become one.
    const isElsewhere =
      found !== undefined && 'base' in found && found.base !== '' && found.base !== base;
    if (found === undefined || isElsewhere) return recorder.note(path, 'url');
    recorder.note(path, 'identifier', 'replaced');
    if ('urn' in found) return pseudonyms.urn(found.urn);
    const named = pseudonyms.resourceId(found.type, found.id);
    if (found.type === CONTAINED) return `#${named}`;
    return `${found.base === '' ? '' : `${ELSEWHERE}/`}${found.type}/${named}`;
  };
}

/** Gives the server of an absolute address of a resource; undefined for anything else. */
export function baseOf(address: JsonValue | undefined): string | undefined {
  if (typeof address !== 'string' || !/^https?:\/\//.test(address)) return undefined;
  return address.slice(0, MAX_REFERENCE).split('/').slice(0, -2).join('/');
}

/** What contained resources go by: their ids are only known inside of one resource. */
export const CONTAINED = '#';

type Found =
  | { readonly urn: string }
  | { readonly type: string; readonly id: string; readonly base: string };

function readReference(reference: string, isKnown: KnownType): Found | undefined {
  if (reference.length > MAX_REFERENCE) return undefined;
  if (URN.test(reference)) return { urn: reference.toLowerCase() };
  if (reference.startsWith('#') && ID.test(reference.slice(1)))
    return { type: CONTAINED, id: reference.slice(1), base: '' };
  return readAddress(reference, isKnown);
}

/** `Type/id`, with a server before it and a version behind it or not. */
function readAddress(address: string, isKnown: KnownType): Found | undefined {
  const steps = address.split('/');
  const history = steps.indexOf('_history');
  const named = history === -1 ? steps : steps.slice(0, history);
  const [type = '', id = ''] = named.slice(-2);
  const base = named.slice(0, -2).join('/');
  const isAddress = named.length === 2 || /^https?:\/\/[^/]/.test(base);
  return isAddress && isKnown(type) && ID.test(id) ? { type, id, base } : undefined;
}

/** A reference without the name of what it points to. */
export function referenceTo(isKnown: KnownType): Treatment {
  return elementOf({
    reference: pointerTo(isKnown),
    type: keepIf((value) => typeof value === 'string' && isKnown(value), 'code'),
    identifier,
    display: drop('name'),
  });
}
