import type { JsonValue } from '../../../../../kernel/index.ts';
import { baseOf, CONTAINED, idOf, identifier, pointerTo } from './elements/identities.ts';
import { createRedaction } from './free-text.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { createRecorder, type FhirReport } from './removals.ts';
import { shapeOf } from './resources/all-resources.ts';
import { isResourceType, RESOURCE_MEMBERS } from './resources/shared-members.ts';
import {
  drop,
  elementOf,
  isFields,
  keepIf,
  listOf,
  oneOf,
  type Pass,
  type Treatment,
} from './treatment.ts';

/** How a resource is to be treated. */
export interface DeidentifyOptions {
  /** The year that ages are counted up to. */
  readonly year: number;
  readonly freeText: 'remove' | 'redact';
  /** At least 32 bytes: the same id gives the same pseudonym in every call with it. */
  readonly key: Uint8Array | undefined;
}

/** What is left, and what was done. */
export interface Deidentified {
  /** `refused`: the resource is of a type that is not read, or nothing of it may stay. */
  readonly outcome: 'deidentified' | 'refused';
  readonly resource: JsonValue;
  readonly report: FhirReport;
}

const MAX_DEPTH = 64;

/**
 * Takes what Safe Harbor names out of a FHIR R4 resource or bundle. What is not known to be harmless goes: resource types,
 * elements, extensions and codes that are not named here.
 *
 * @returns The rest, in the shape of FHIR R4, and a report by path and class without values.
 * @see 45 CFR 164.514(b)(2); HL7 FHIR R4 (4.0.1)
 */
export function deidentify(resource: JsonValue, options: DeidentifyOptions): Deidentified {
  const recorder = createRecorder();
  const entries = isFields(resource) && Array.isArray(resource['entry']) ? resource['entry'] : [];
  const bases = (entries as readonly JsonValue[]).map((entry) =>
    isFields(entry) ? baseOf(entry['fullUrl']) : undefined,
  );
  const redacts = options.freeText === 'redact' && !isTooDeep(resource, 0);
  const pass: Pass = {
    recorder,
    pseudonyms: createPseudonyms(options.key),
    year: options.year,
    base: bases.find((base) => base !== undefined),
    redacted: redacts ? createRedaction(resource) : () => undefined,
  };
  const kept = isTooDeep(resource, 0) ? recorder.note('?', 'malformed') : top(resource, pass);
  const report = recorder.report();
  if (kept === undefined) return { outcome: 'refused', resource: null, report };
  return { outcome: 'deidentified', resource: kept, report };
}

/** Nothing of FHIR nests like that: it would only fill the stack. */
function isTooDeep(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return true;
  return Object.values(value).some((member: JsonValue) => isTooDeep(member, depth + 1));
}

function top(resource: JsonValue, pass: Pass): JsonValue | undefined {
  const type = isFields(resource) ? resource['resourceType'] : undefined;
  return type === 'Bundle'
    ? bundle(resource, 'Bundle', pass)
    : resourceAt('')(resource, typeof type === 'string' && isResourceType(type) ? type : '?', pass);
}

/** A resource by itself or of a bundle; a contained one has an id that is only known inside of the one around it. */
function resourceAt(inside: '' | typeof CONTAINED): Treatment {
  return (value, path, pass) => {
    pass.recorder.count('resourcesIn');
    const type = isFields(value) ? value['resourceType'] : undefined;
    if (!isFields(value) || !isResourceType(type))
      return pass.recorder.note(path, 'unknown-resource');
    const { members, required } = shapeOf(type, value);
    const treatment = elementOf(
      {
        ...RESOURCE_MEMBERS,
        id: idOf(inside === CONTAINED ? CONTAINED : type),
        // What is contained contains nothing more (FHIR R4, dom-2).
        contained: inside === '' ? listOf(resourceAt(CONTAINED)) : drop('unknown-resource'),
        ...members,
      },
      required,
    );
    const kept = treatment(value, path, pass);
    if (kept !== undefined) pass.recorder.count('resourcesOut');
    return kept;
  };
}

const entry: Treatment = (value, path, pass) => {
  const members = {
    fullUrl: pointerTo(isResourceType),
    resource: resourceAt(''),
    search: elementOf({ mode: oneOf('match', 'include', 'outcome'), score: keepIf(isScore) }),
    request: drop('url'),
    response: drop('url'),
    link: drop('url'),
  };
  return elementOf(members, { resource: null })(value, path, pass);
};

function isScore(value: JsonValue): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** A bundle of what is left. What was a message, a document or a transaction is none without what makes it one. */
const bundle: Treatment = (value, path, pass) => {
  const isSearch = isFields(value) && value['type'] === 'searchset';
  const { resourceType, meta } = RESOURCE_MEMBERS;
  const whole = elementOf(
    {
      resourceType: () => 'Bundle',
      ...(resourceType === undefined || meta === undefined ? {} : { meta }),
      id: idOf('Bundle'),
      identifier,
      type: (type, at, { recorder }) => {
        if (type === 'searchset' || type === 'collection') return type;
        recorder.note(at, 'code', 'generalised');
        return 'collection';
      },
      timestamp: drop('date'),
      total: isSearch ? keepIf((total) => typeof total === 'number') : drop('code'),
      link: drop('url'),
      entry: listOf(isSearch ? entry : withoutSearch),
      signature: drop('name'),
    },
    { type: 'collection' },
  );
  return whole(value, path, pass);
};

/** Only what was searched for has been found (bdl-2). */
const withoutSearch: Treatment = (value, path, pass) => {
  const kept = entry(value, path, pass);
  if (!isFields(kept)) return undefined;
  const { search: _search, ...rest } = kept;
  return rest;
};
