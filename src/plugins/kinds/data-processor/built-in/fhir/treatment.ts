import type { JsonValue } from '../../../../../kernel/index.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Recorder, RemovalClass } from './removals.ts';

/** What one pass over a resource works with. */
export interface Pass {
  readonly recorder: Recorder;
  readonly pseudonyms: Pseudonyms;
  /** The year that ages are counted up to. */
  readonly year: number;
  /** The server whose resources these are, where their addresses name one. */
  readonly base: string | undefined;
  /** Gives a text without what was found in it; undefined when the text is not to be kept. */
  readonly redacted: (text: string) => string | undefined;
}

/** Gives what may stay of an element; undefined for nothing. Whoever drops something notes it. */
export type Treatment = (value: JsonValue, path: string, pass: Pass) => JsonValue | undefined;

/** A resource's or an element's members and what becomes of each. */
export type Members = Readonly<Record<string, Treatment>>;

/** Objects whose members FHIR does not know are nobody's: what is not named goes. */
type Fields = Readonly<Record<string, JsonValue>>;

/** Tells whether a value is a JSON object. */
export function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops the element. */
export function drop(kind: RemovalClass): Treatment {
  return (_value, path, { recorder }) => recorder.note(path, kind);
}

/** Keeps the element if `isSound` says so. */
export function keepIf(
  isSound: (value: JsonValue) => boolean,
  kind: RemovalClass = 'malformed',
): Treatment {
  return (value, path, { recorder }) => {
    if (isSound(value)) return value;
    recorder.note(path, kind);
    return undefined;
  };
}

/** Keeps one of some words. */
export function oneOf(...words: readonly string[]): Treatment {
  return keepIf((value) => typeof value === 'string' && words.includes(value), 'code');
}

/** Treats every item; a list that is left empty goes. */
export function listOf(treatment: Treatment): Treatment {
  return (value, path, pass) => {
    if (!Array.isArray(value)) return pass.recorder.note(path, 'malformed');
    const items = value as readonly JsonValue[];
    const kept = items
      .map((item, index) => treatment(item, `${path}[${index}]`, pass))
      .filter((item) => item !== undefined);
    return kept.length === 0 ? undefined : kept;
  };
}

/**
 * Members that an element cannot be without, with what stands there when the own value goes; null drops the element. Of several
 * names with bars between them one has to be there; the last one gets what stands in.
 */
export type Required = Readonly<Record<string, JsonValue>>;

/** Treats the members that are named, and drops all others. */
export function elementOf(members: Members, required: Required = {}): Treatment {
  return (value, path, pass) => {
    if (!isFields(value)) return pass.recorder.note(path, 'malformed');
    // What changes the meaning of all the rest cannot be left out of it (FHIR R4, 2.4.0.4).
    if (Object.hasOwn(value, 'modifierExtension') || Object.hasOwn(value, 'implicitRules'))
      return pass.recorder.note(path, 'modifier');
    const kept = Object.entries(value).flatMap(([name, member]) => {
      const treated = treatMember(members, { name, member, path }, pass);
      return treated === undefined ? [] : [[name, treated] as const];
    });
    return completed(Object.fromEntries(kept), required, { path, pass });
  };
}

interface Member {
  readonly name: string;
  readonly member: JsonValue;
  readonly path: string;
}

function treatMember(
  members: Members,
  { name, member, path }: Member,
  pass: Pass,
): JsonValue | undefined {
  if (name === 'extension' || (name.startsWith('_') && Object.hasOwn(members, name.slice(1))))
    return pass.recorder.note(`${path}.${name}`, 'extension');
  const treatment = Object.hasOwn(members, name) ? members[name] : undefined;
  if (treatment === undefined) return pass.recorder.note(`${path}.?`, 'unknown-element');
  return treatment(member, `${path}.${name}`, pass);
}

function completed(
  kept: Fields,
  required: Required,
  { path, pass }: { readonly path: string; readonly pass: Pass },
): JsonValue | undefined {
  const missing = Object.entries(required)
    .map(([name, stand]) => ({ names: name.split('|'), stand }))
    .filter(({ names }) => names.every((name) => kept[name] === undefined));
  if (missing.some(({ stand }) => stand === null)) return pass.recorder.note(path, 'incomplete');
  const stands = missing.map(({ names, stand }) => [names.at(-1) ?? '', stand] as const);
  const whole = { ...kept, ...Object.fromEntries(stands) };
  return Object.keys(whole).length === 0 ? undefined : whole;
}
