import { frozenJson, type JsonValue } from '../../kernel/index.ts';
import { UnreadableInputError } from '../errors.ts';

const KEYS: Readonly<Record<string, string>> = {
  document: 'document',
  title: 'title',
  author: 'author',
  kind: 'kind',
  audience: 'audience',
  effective: 'effectiveOn',
  review: 'reviewOn',
};

/**
 * Reads a document: Markdown with a head of `key: value` lines between two lines of `---`.
 *
 * @throws {@link UnreadableInputError} where there is no such head, or a line of it says nothing known.
 */
export function readSubmission(text: string): JsonValue {
  const [, head, body] =
    /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(text) ?? [];
  if (head === undefined) throw refused('it has no head between two lines of ---');
  const members: Record<string, string> = {};
  for (const [index, line] of head.split(/\r?\n/).entries()) {
    const [, key = '', value = ''] = /^([a-z]+):[ \t]*(\S.*)$/.exec(line) ?? [];
    const name = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (name === undefined)
      throw refused(`line ${index + 2} of its head is none of the known ones`);
    if (Object.hasOwn(members, name)) throw refused(`line ${index + 2} of its head is there twice`);
    members[name] = value.trim();
  }
  return frozenJson({ ...members, body: (body ?? '').replaceAll('\r\n', '\n').trim() });
}

function refused(problem: string): UnreadableInputError {
  return new UnreadableInputError('document-approval', problem);
}
