import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import type { z } from 'zod';

import { Manifest } from '../contract/index.ts';
import { InvalidManifestError, type ManifestProblem } from '../errors/index.ts';
import { demandsOf } from '../kinds/demands.ts';

/** A manifest is read whole before anything else is looked at. */
export const MAX_MANIFEST_BYTES = 256 * 1024;

/**
 * Reads a manifest's text (RFC 8259 JSON, without comments).
 *
 * @param text - The file's content.
 * @param file - Its name, for the places of mistakes.
 * @throws {@link InvalidManifestError} with every mistake and its line and column: syntax, duplicate, unknown and missing keys,
 * wrong types and values, operations with one name, an unknown fallback.
 */
export function readManifest(text: string, file: string): Manifest {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const syntax = errors.map(({ error, offset }) => ({
    path: '',
    message: `${sentence(printParseErrorCode(error))}.`,
    ...positionAt(text, offset),
  }));
  if (tree === undefined || syntax.length > 0) {
    const empty = { path: '', message: 'The file is empty.', line: 1, column: 1 };
    throw new InvalidManifestError(file, syntax.length > 0 ? syntax : [empty]);
  }
  const source = { tree, text };
  const problems = duplicateKeys(tree, text);
  const parsed = Manifest.safeParse(getNodeValue(tree));
  if (!parsed.success) {
    problems.push(...parsed.error.issues.flatMap((issue) => problemsOf(issue, source)));
  } else problems.push(...contradictions(parsed.data, source));
  if (!parsed.success || problems.length > 0) throw new InvalidManifestError(file, problems);
  return parsed.data;
}

/** A parsed file beside its text, from which places are counted. */
interface Source {
  readonly tree: Node;
  readonly text: string;
}

type Path = readonly (string | number)[];
type Position = Pick<ManifestProblem, 'line' | 'column'>;

function problemsOf(issue: z.core.$ZodIssue, source: Source): ManifestProblem[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: 'There is no such key.',
      ...placeOfKey(source, [...path, key]),
    }));
  }
  return [problemAt(source, path, `${issue.message}.`.replace(/\.\.$/, '.'))];
}

/** What a schema cannot say of one manifest by itself. */
function contradictions(manifest: Manifest, source: Source): ManifestProblem[] {
  const { operations } = manifest.contributes;
  const names = operations.map(({ name }) => name);
  const ofItsKind = demandsOf(manifest).map(({ path, message }) =>
    problemAt(source, stepsOf(path), message),
  );
  const ofOperations = operations.flatMap(({ name, fallback }, index) => {
    const base = ['contributes', 'operations', index];
    const found: ManifestProblem[] = [];
    if (names.indexOf(name) !== index)
      found.push(problemAt(source, [...base, 'name'], 'Another operation has this name.'));
    if (fallback !== undefined && (fallback === name || !names.includes(fallback)))
      found.push(
        problemAt(source, [...base, 'fallback'], 'A fallback is another operation of this plugin.'),
      );
    return found;
  });
  return [...ofOperations, ...ofItsKind];
}

/** Steps of a dotted path; of a permission's name with a dot in it, the place of all permissions is found. */
function stepsOf(path: string): Path {
  return path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** JSON.parse keeps the last of two equal keys, other readers the first: what was approved would not be what runs. */
function duplicateKeys(node: Node, text: string): ManifestProblem[] {
  const found = (node.children ?? []).flatMap((child) => duplicateKeys(child, text));
  if (node.type !== 'object') return found;
  const keys = (node.children ?? []).flatMap(({ children = [] }) => children.slice(0, 1));
  const repeated = keys.filter((key, index) =>
    keys.slice(0, index).some(({ value }) => value === key.value),
  );
  const message = 'The key is there twice.';
  return [
    ...repeated.map(({ value, offset }) => ({
      path: String(value),
      message,
      ...positionAt(text, offset),
    })),
    ...found,
  ];
}

function problemAt(source: Source, path: Path, message: string): ManifestProblem {
  return { path: path.join('.'), message, ...placeOf(source, path) };
}

/** Where a value is; where it is missing, the nearest thing around it. */
function placeOf({ tree, text }: Source, path: Path): Position {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return positionAt(text, node.offset);
  }
  return positionAt(text, tree.offset);
}

function placeOfKey(source: Source, path: Path): Position {
  const node = findNodeAtLocation(source.tree, [...path])?.parent;
  return node === undefined ? placeOf(source, path) : positionAt(source.text, node.offset);
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

function sentence(code: string): string {
  const words = code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
