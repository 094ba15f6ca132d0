/** A node of an ESTree, as any parser gives it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Tells whether something in a tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

/** Gives the child under `key`, without what only wraps it: parentheses, TypeScript's casts, optional chains. */
export function childOf(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const value = node[key];
  return isNode(value) ? bare(value) : undefined;
}

/** Gives the children under `key`; a hole is undefined. */
export function childrenOf(node: SyntaxNode, key: string): readonly (SyntaxNode | undefined)[] {
  const value = node[key];
  if (!Array.isArray(value)) return [];
  return value.map(bareItem);
}

function bareItem(item: unknown): SyntaxNode | undefined {
  return isNode(item) ? bare(item) : undefined;
}

/** Gives the text under `key`. */
export function textOf(node: SyntaxNode | undefined, key: string): string {
  const value = node?.[key];
  return typeof value === 'string' ? value : '';
}

const WRAPPERS: ReadonlySet<string> = new Set([
  'ParenthesizedExpression',
  'ChainExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/** Takes off what wraps an expression without changing its value. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (WRAPPERS.has(inner.type)) {
    const { expression } = inner;
    if (!isNode(expression)) return inner;
    inner = expression;
  }
  return inner;
}

/** Tells whether a node is a function. */
export function isFunction(node: SyntaxNode): boolean {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionDeclaration'
  );
}

/** Gives the text of a property's or member's key where it is written, not computed. */
export function writtenKey(key: SyntaxNode | undefined): string | undefined {
  if (key === undefined) return undefined;
  if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') return textOf(key, 'name');
  if (key.type !== 'Literal') return undefined;
  const { value } = key;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
