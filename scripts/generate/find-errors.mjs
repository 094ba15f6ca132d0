import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import ts from 'typescript';

/** Every concrete error class under src/ and agents/ that says a code, in order of folder and code. */
export function findErrors(root = '.') {
  return sourceFiles(root)
    .flatMap((file) => errorsIn(file, readFileSync(`${root}/${file}`, 'utf8')))
    .toSorted((one, other) => compare(one.folder, other.folder) || compare(one.code, other.code));
}

/** TypeScript sources under src/ and agents/, tests left out, as paths from `root`. */
export function sourceFiles(root = '.') {
  return ['src', 'agents']
    .filter((top) => existsSync(`${root}/${top}`))
    .flatMap((top) =>
      readdirSync(`${root}/${top}`, { recursive: true }).map((file) => `${top}/${file}`),
    )
    .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file))
    .toSorted(compare);
}

function errorsIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const code = propertyText(declaration, 'code');
    if (code === undefined || declaration.name === undefined) return [];
    return [
      {
        code,
        name: declaration.name.text,
        file,
        folder: ownerOf(file),
        meaning: meaningOf(declaration),
        hint: hintOf(declaration),
      },
    ];
  });
}

/** The folder with a front door that the file belongs to: src/<folder> or agents/<folder>. */
function ownerOf(file) {
  return dirname(file).split('/').slice(0, 2).join('/');
}

function propertyText(declaration, name) {
  const property = declaration.members.find(
    (member) => ts.isPropertyDeclaration(member) && member.name.getText() === name,
  );
  const value = property?.initializer;
  if (value === undefined) return undefined;
  const literal = ts.isAsExpression(value) ? value.expression : value;
  return ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

function meaningOf(declaration) {
  const [comment] = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
  return cell(ts.getTextOfJSDocComment(comment?.comment) ?? '');
}

/** The hint given to the root's constructor: its text, or the texts it is chosen from. */
function hintOf(declaration) {
  const hints = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'hint')
      hints.push(...textsIn(node.initializer));
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'hint') {
      hints.push('The hint says it: it depends on the case.');
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return cell(hints.join(' / '));
}

function textsIn(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('')];
  }
  if (ts.isConditionalExpression(node))
    return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)];
  if (ts.isBinaryExpression(node))
    return [[...textsIn(node.left), ...textsIn(node.right)].join('')];
  return [];
}

function cell(text) {
  return text
    .replaceAll(/\{@link (\w+)[^}]*\}/g, '`$1`')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
