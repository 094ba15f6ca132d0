import type { JsonValue } from '../../../../../../kernel/index.ts';
import type { RemovalClass } from '../removals.ts';
import {
  drop,
  elementOf,
  isFields,
  keepIf,
  listOf,
  oneOf,
  type Members,
  type Pass,
  type Treatment,
} from '../treatment.ts';
import { isKnownCode, isUnit, YEARS } from './terminology.ts';

/** Stands where FHIR wants a concept and none may stay. */
export const MASKED = Object.freeze({
  coding: Object.freeze([
    Object.freeze({
      system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      code: 'masked',
    }),
  ]),
}) as unknown as JsonValue;

/** From this year of life on there is one class, "90 or older" (45 CFR 164.514(b)(2)(i)(C)). */
const OLDEST = 89;
const YEAR = /^(\d{4})(-\d{2}(-\d{2}(T[\d:.+Z-]{1,40})?)?)?$/;

export const flag = keepIf((value) => typeof value === 'boolean');
export const number = keepIf((value) => typeof value === 'number' && Number.isFinite(value));
export const language = keepIf(
  (value) => typeof value === 'string' && isKnownCode('urn:ietf:bcp:47', value),
  'code',
);

/** A date or an instant: its year, unless it tells an age over 89. */
export const year: Treatment = (value, path, { recorder, year: now }) => {
  const [, found] = typeof value === 'string' ? (YEAR.exec(value) ?? []) : [];
  if (found === undefined) return recorder.note(path, 'date');
  if (now - Number(found) > OLDEST) return recorder.note(path, 'age-over-89');
  if (found !== value) recorder.note(path, 'date', 'generalised');
  return found;
};

export const period = elementOf({ start: year, end: year });

/** Text that somebody wrote: gone, or redacted where that was asked for. */
export const text: Treatment = (value, path, pass) => {
  const left = typeof value === 'string' ? pass.redacted(value) : undefined;
  if (left === undefined || left.trim() === '') return pass.recorder.note(path, 'free-text');
  if (left !== value) pass.recorder.note(path, 'free-text', 'redacted');
  return left;
};

export const annotation = elementOf(
  { text, time: year, authorReference: drop('identifier'), authorString: drop('name') },
  { text: null },
);

const CODING: Members = {
  system: keepIf((value) => typeof value === 'string'),
  code: keepIf((value) => typeof value === 'string'),
  display: text,
  version: drop('code'),
  userSelected: flag,
};
const codingMembers = elementOf(CODING, { system: null, code: null });

/** A code of a system that is known; any other may be a number of a person. */
export const coding: Treatment = (value, path, pass) => {
  const known =
    isFields(value) &&
    typeof value['system'] === 'string' &&
    typeof value['code'] === 'string' &&
    isKnownCode(value['system'], value['code']);
  return known ? codingMembers(value, path, pass) : pass.recorder.note(path, 'code');
};

export const codings = listOf(coding);
export const concept = elementOf({ coding: codings, text });
export const concepts = listOf(concept);

const quantityMembers = elementOf(
  {
    value: number,
    comparator: oneOf('<', '<=', '>=', '>'),
    unit: keepIf((value) => typeof value === 'string' && isUnit(value), 'code'),
    system: keepIf((value) => value === 'http://unitsofmeasure.org', 'code'),
    code: keepIf((value) => typeof value === 'string' && isUnit(value), 'code'),
  },
  { value: null },
);

/** An amount. One in years that tells an age over 89 becomes "90 or more"; a number whose unit had to go goes with it. */
export const quantity: Treatment = (value, path, pass) => {
  const kept = amount(value, path, pass);
  return kept?.unit === 'a' ? capped(kept, path, pass) : kept?.fields;
};

/** An age, in any unit of time; one in no unit that is known goes. */
export const age: Treatment = (value, path, pass) => {
  const kept = amount(value, path, pass);
  if (kept === undefined) return undefined;
  return Object.hasOwn(YEARS, kept.unit)
    ? capped(kept, path, pass)
    : pass.recorder.note(path, 'incomplete');
};

interface Amount {
  readonly fields: Readonly<Record<string, JsonValue>>;
  /** Empty for a number by itself. */
  readonly unit: string;
}

function amount(value: JsonValue, path: string, pass: Pass): Amount | undefined {
  const fields = quantityMembers(value, path, pass);
  if (!isFields(fields) || !isFields(value)) return undefined;
  const unit = fields['code'] ?? fields['unit'];
  if (typeof unit === 'string') return { fields, unit };
  const isUnitGone = value['unit'] !== undefined || value['code'] !== undefined;
  return isUnitGone ? pass.recorder.note(path, 'incomplete') : { fields, unit: '' };
}

function capped({ fields, unit }: Amount, path: string, { recorder }: Pass): JsonValue {
  if (Number(fields['value']) / (YEARS[unit] ?? 1) <= OLDEST) return fields;
  recorder.note(path, 'age-over-89', 'generalised');
  return { value: OLDEST + 1, comparator: '>=', system: 'http://unitsofmeasure.org', code: 'a' };
}

export const range = elementOf({ low: quantity, high: quantity });
export const ratio = elementOf({ numerator: quantity, denominator: quantity });

const US_STATES = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN ' +
    'TX UT VT VA WA WV WI WY AS GU MP PR VI'
  ).split(' '),
);

/** What is left of an address: a state that is one, and the country. */
export const address = elementOf({
  use: oneOf('home', 'work', 'temp', 'old', 'billing'),
  type: oneOf('postal', 'physical', 'both'),
  text: drop('address'),
  line: drop('address'),
  city: drop('address'),
  district: drop('address'),
  postalCode: drop('address'),
  period: drop('date'),
  state: keepIf((value) => typeof value === 'string' && US_STATES.has(value), 'address'),
  country: keepIf((value) => typeof value === 'string' && /^[A-Z]{2,3}$/.test(value), 'address'),
});

const CONTACT_CLASSES: Readonly<Record<string, RemovalClass>> = {
  fax: 'fax',
  email: 'email',
  url: 'url',
};

/** Telephone numbers and the like, by what they are. */
const contactPoint: Treatment = (value, path, { recorder }) => {
  const system = isFields(value) ? value['system'] : undefined;
  const isKnown = typeof system === 'string' && Object.hasOwn(CONTACT_CLASSES, system);
  const kind = isKnown ? CONTACT_CLASSES[system] : undefined;
  return recorder.note(path, kind ?? 'phone');
};

export const telecom = listOf(contactPoint);
export const names = listOf(drop('name'));
