import { childOf, childrenOf, type SyntaxNode } from '../syntax.ts';
import { GLOBAL_OBJECTS, type Evaluator } from './evaluator.ts';
import { constant, UNKNOWN, type Value } from './values.ts';

/** Gives what is under `key` of a value. */
export function memberOf(evaluator: Evaluator, value: Value, key: string): readonly Value[] {
  if (isCallable(value)) {
    // A prototype is reached for to get at what all values of a kind share: the value stands for it.
    if (key === '__proto__') return [value];
    if (key === 'constructor') return [{ is: 'constructor' }];
  }
  return plainMember(evaluator, value, key);
}

function plainMember(evaluator: Evaluator, value: Value, key: string): readonly Value[] {
  switch (value.is) {
    case 'global':
      return [globalMember(value.path, key)];
    case 'module':
      // The default export of a module of Node's is the module.
      return key === 'default' && value.member === ''
        ? [value]
        : [{ ...value, member: value.member === '' ? key : `${value.member}.${key}` }];
    case 'host':
      return [{ is: 'host-call', call: key }];
    case 'host-call':
    case 'function':
    case 'constructor':
      return ['call', 'apply', 'bind'].includes(key) ? [value] : UNKNOWN;
    case 'object':
      return objectMember(evaluator, value, key);
    case 'array':
      return value.items[Number(key)] ?? (key === 'constructor' ? [builtIn('Array')] : UNKNOWN);
    case 'text':
      return key === 'constructor' ? [builtIn('String')] : textMember(value, key);
    case 'unknown':
      return key === 'constructor' ? [builtIn('?')] : UNKNOWN;
  }
}

function textMember(value: Value, key: string): readonly Value[] {
  const [only] = value.is === 'text' && value.parts.length === 1 ? value.parts : [];
  const letter = /^\d+$/.test(key) ? only?.[Number(key)] : undefined;
  return letter === undefined ? UNKNOWN : [constant(letter)];
}

/** The constructor of a value; `?` stands for one that is not known, whose constructor makes functions all the same. */
function builtIn(name: string): Value {
  return { is: 'global', path: name };
}

function globalMember(path: string, key: string): Value {
  if (path === '') return { is: 'global', path: GLOBAL_OBJECTS.has(key) ? '' : key };
  return { is: 'global', path: `${path}.${key}` };
}

/** Tells whether the `constructor` of a value makes functions out of text. */
function isCallable(value: Value): boolean {
  if (value.is === 'function' || value.is === 'host-call' || value.is === 'constructor')
    return true;
  return (
    value.is === 'global' &&
    /^(?:\?|[A-Z]\w*|eval|fetch|require|.+\.\w+)$/.test(value.path) &&
    !value.path.endsWith('.prototype')
  );
}

function objectMember(
  evaluator: Evaluator,
  { node, scope }: Extract<Value, { is: 'object' }>,
  key: string,
): readonly Value[] {
  const found = childrenOf(node, 'properties').filter(
    (property): property is SyntaxNode =>
      property?.type === 'Property' && evaluator.key(property, scope) === key,
  );
  if (found.length > 0)
    return found.flatMap((property) => evaluator.values(childOf(property, 'value'), scope));
  return key === 'constructor' ? [builtIn('Object')] : UNKNOWN;
}
