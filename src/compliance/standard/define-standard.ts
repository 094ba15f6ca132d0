import { deepFrozen, digestOf } from '../../kernel/index.ts';
import type { Place } from '../../validation/rules/index.ts';
import { InvalidStandardError, type StandardProblem } from '../errors.ts';
import type { Primitive, PrimitiveMode } from '../primitive.ts';
import { PRIMITIVES } from '../primitives/registry.ts';
import { StandardPack, type StandardCheckText, type StandardPackInput } from './pack-schema.ts';
import type { Standard, StandardCheck } from './standard.ts';

/** Changes with the meaning of primitive checks, so that a verdict of another meaning has another digest. */
const SEMANTICS = 1;

/**
 * Describes a standard.
 *
 * @throws {@link InvalidStandardError} with every mistake: unknown keys, primitives and parameters, an id twice, or a mode
 * that the primitive does not have.
 */
export function defineStandard(pack: StandardPackInput): Standard {
  const file = `standard "${pack.id}"`;
  return readStandard(pack, { file, place: () => ({ line: 0, column: 0 }) });
}

/** Where a pack comes from, for the places of mistakes. */
export interface StandardOrigin {
  readonly file: string;
  readonly place: Place;
}

/**
 * Makes a standard of data that some loader has read.
 *
 * @throws {@link InvalidStandardError} with every mistake, at the places that `place` gives.
 */
export function readStandard(value: unknown, { file, place }: StandardOrigin): Standard {
  const problems: StandardProblem[] = [];
  const note: Note = (path, message, key = false) =>
    problems.push({ path: path.join('.'), message, ...place(path, { key }) });
  const parsed = StandardPack.safeParse(value);
  if (!parsed.success) {
    noteIssues(parsed.error.issues, [], note);
    throw new InvalidStandardError(file, problems);
  }
  const pack = parsed.data;
  const checks = pack.checks.flatMap((text, index) => checkFrom(text, index, note) ?? []);
  const seen = new Set<string>();
  for (const [index, { id }] of pack.checks.entries()) {
    if (seen.has(id)) note(['checks', index, 'id'], 'Another check has this id.');
    seen.add(id);
  }
  if (problems.length > 0) throw new InvalidStandardError(file, problems);
  const { id, title, source, note: remark, version, extent, neverAttestable } = pack;
  const digest = digestOf({ semantics: SEMANTICS, ...pack, checks: checks.map(textOf) });
  const standard = { id, title, source, note: remark, version, extent, neverAttestable, pack };
  return Object.freeze({
    ...deepFrozen(standard),
    checks: Object.freeze(checks.map((check) => Object.freeze(check))),
    digest,
  });
}

type Path = readonly (string | number)[];
type Note = (path: Path, message: string, key?: boolean) => void;

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function noteIssues(issues: readonly Issue[], base: Path, note: Note): void {
  for (const { path, message, keys } of issues) {
    const whole = [...base, ...path.filter((step) => typeof step !== 'symbol')];
    if (keys === undefined) note(whole, `${message}.`);
    else for (const key of keys) note([...whole, key], 'There is no such key.', true);
  }
}

function checkFrom(text: StandardCheckText, index: number, note: Note): StandardCheck | undefined {
  const primitive = PRIMITIVES.get(text.primitive);
  if (primitive === undefined) {
    note(['checks', index, 'primitive'], 'There is no such primitive check.');
    return undefined;
  }
  const parsed = primitive.parameters.safeParse(text.parameters);
  if (!parsed.success) {
    noteIssues(parsed.error.issues, ['checks', index, 'parameters'], note);
    return undefined;
  }
  const mode = text.mode ?? primitive.mode;
  if (!canBe(primitive, mode)) {
    note(['checks', index, 'mode'], `The primitive check is for the mode ${primitive.mode}.`);
    return undefined;
  }
  const { id, controls, note: remark } = text;
  const { evidence, predicate, says, cannotSay } = { ...primitive, ...present(text) };
  const said = { evidence, predicate, says, cannotSay };
  const parameters = deepFrozen(parsed.data as Readonly<Record<string, unknown>>);
  return { id, controls, note: remark, primitive, parameters, mode, ...said };
}

function canBe({ mode }: Primitive, wanted: PrimitiveMode): boolean {
  return mode === 'both' || mode === wanted;
}

function present({ evidence, predicate, says, cannotSay }: StandardCheckText) {
  return {
    ...(evidence === undefined ? {} : { evidence }),
    ...(predicate === undefined ? {} : { predicate }),
    ...(says === undefined ? {} : { says }),
    ...(cannotSay === undefined ? {} : { cannotSay }),
  };
}

/** What of a check can be said as data. */
function textOf({ primitive, note, ...check }: StandardCheck): Record<string, unknown> {
  return { ...check, note: note ?? null, primitive: primitive.id, on: primitive.on };
}
