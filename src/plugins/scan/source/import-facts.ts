import type { Evaluator } from './evaluation/evaluator.ts';
import { onlyText } from './evaluation/values.ts';
import type { Placed } from './facts.ts';
import { visitsOf } from './host-parameters.ts';
import { childOf, textOf, type SyntaxNode } from './syntax.ts';
import type { Walked } from './walk.ts';

/**
 * Finds the imports that a file names or computes.
 *
 * @yields Each of them, in the order of the text.
 */
export function* importFacts(walked: Walked, evaluator: Evaluator): Iterable<Placed> {
  for (const type of ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']) {
    for (const { node } of visitsOf(walked, type)) {
      const source = childOf(node, 'source');
      if (source === undefined) continue;
      yield { kind: 'import', module: textOf(source, 'value'), how: 'static', at: node.start };
    }
  }
  for (const { node, scope } of visitsOf(walked, 'ImportExpression')) {
    for (const option of evaluator.values(childOf(node, 'source'), scope))
      yield imported(onlyText([option]), 'dynamic', node);
  }
  for (const { node } of visitsOf(walked, 'TSExternalModuleReference')) {
    const module = textOf(childOf(node, 'expression'), 'value');
    yield { kind: 'import', module, how: 'require', at: node.start };
  }
}

/** An import of a module, or of one that is not known before it runs. */
export function imported(
  module: string | undefined,
  how: 'dynamic' | 'require',
  node: SyntaxNode,
): Placed {
  return module === undefined
    ? { kind: 'computed-import', how, at: node.start }
    : { kind: 'import', module, how, at: node.start };
}
