import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';

import { InvalidExpressionError } from '../../errors.ts';

/** Characters of an expression. */
export const MAX_EXPRESSION_LENGTH = 4_096;
const MAX_NODES = 256;
const MAX_DEPTH = 24;
const MAX_ITEMS = 64;

/** An expression as the compiler sees it, whoever has read it. `at` is where it stands in the text. */
export type Syntax =
  | { readonly kind: 'literal'; readonly at: number; readonly value: Literal }
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'field'; readonly at: number; readonly of: Syntax; readonly name: string }
  | { readonly kind: 'index'; readonly at: number; readonly of: Syntax; readonly key: Syntax }
  | CallSyntax
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Syntax[] }
  | { readonly kind: 'unary'; readonly at: number; readonly sign: '!' | '-'; readonly of: Syntax }
  | BinarySyntax
  | ChoiceSyntax;

export type Literal = string | number | bigint | boolean | null;

export interface CallSyntax {
  readonly kind: 'call';
  readonly at: number;
  readonly name: string;
  readonly receiver: Syntax | undefined;
  readonly arguments: readonly Syntax[];
}

export interface BinarySyntax {
  readonly kind: 'binary';
  readonly at: number;
  readonly sign: string;
  readonly left: Syntax;
  readonly right: Syntax;
}

export interface ChoiceSyntax {
  readonly kind: 'choice';
  readonly at: number;
  readonly condition: Syntax;
  readonly whenTrue: Syntax;
  readonly whenFalse: Syntax;
}

const environment = new Environment({
  limits: {
    maxAstNodes: MAX_NODES,
    maxDepth: MAX_DEPTH,
    maxListElements: MAX_ITEMS,
    maxMapEntries: 1,
    maxCallArguments: 4,
  },
});

/**
 * Reads a CEL expression.
 *
 * @throws {@link InvalidExpressionError} for what is no CEL, is larger than a rule may be, or is outside of the subset.
 */
export function parseExpression(text: string): Syntax {
  if (text.length > MAX_EXPRESSION_LENGTH)
    throw new InvalidExpressionError(
      `an expression has at most ${MAX_EXPRESSION_LENGTH} characters`,
      0,
    );
  return syntaxOf(parsed(text));
}

function parsed(text: string): ASTNode {
  try {
    return environment.parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) {
      throw new InvalidExpressionError('the expression cannot be read', 0, error);
    }
    throw new InvalidExpressionError(error.summary, error.range?.start ?? 0, error);
  }
}

function syntaxOf(node: ASTNode): Syntax {
  const at = node.range.start;
  if (node.op === 'value') return { kind: 'literal', at, value: literalOf(node.args, at) };
  if (node.op === 'id') return { kind: 'name', at, name: node.args };
  if (node.op === '.') return { kind: 'field', at, of: syntaxOf(node.args[0]), name: node.args[1] };
  if (node.op === '[]')
    return { kind: 'index', at, of: syntaxOf(node.args[0]), key: syntaxOf(node.args[1]) };
  if (node.op === 'list') return { kind: 'list', at, items: node.args.map(syntaxOf) };
  if (node.op === '!_') return { kind: 'unary', at, sign: '!', of: syntaxOf(node.args) };
  if (node.op === '-_') return { kind: 'unary', at, sign: '-', of: syntaxOf(node.args) };
  return compoundOf(node, at);
}

function compoundOf(node: ASTNode, at: number): Syntax {
  if (node.op === 'call') {
    const [name, given] = node.args;
    return { kind: 'call', at, name, receiver: undefined, arguments: given.map(syntaxOf) };
  }
  if (node.op === 'rcall') {
    const [name, of, given] = node.args;
    return { kind: 'call', at, name, receiver: syntaxOf(of), arguments: given.map(syntaxOf) };
  }
  if (node.op === '?:') {
    const [condition, whenTrue, whenFalse] = node.args;
    return {
      kind: 'choice',
      at,
      condition: syntaxOf(condition),
      whenTrue: syntaxOf(whenTrue),
      whenFalse: syntaxOf(whenFalse),
    };
  }
  return binaryOf(node, at);
}

const SIGNS: ReadonlySet<string> = new Set('|| && == != < <= > >= in + - * / %'.split(' '));

function binaryOf(node: ASTNode, at: number): Syntax {
  const { op, args } = node;
  if (!SIGNS.has(op) || !Array.isArray(args) || args.length !== 2)
    throw new InvalidExpressionError(`"${op}" is not part of the rule language`, at);
  const [left, right] = args as unknown as readonly [ASTNode, ASTNode];
  return { kind: 'binary', at, sign: op, left: syntaxOf(left), right: syntaxOf(right) };
}

function literalOf(value: unknown, at: number): Literal {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new InvalidExpressionError('bytes and unsigned numbers are not in the language', at);
}
