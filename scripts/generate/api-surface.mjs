import { existsSync, readFileSync } from 'node:fs';

import ts from 'typescript';

/** test/architecture/api-surface.txt: every name that a subpath of the package exports, and what it is. */
export function apiSurface() {
  const sections = publishedNames().map(({ subpath, names }) =>
    [subpath, ...names.map(({ name, kind }) => `  ${name} ${kind}`), ''].join('\n'),
  );
  return [{ file: 'test/architecture/api-surface.txt', text: sections.join('\n') }];
}

/**
 * Every exported name of every subpath whose folder exists, with what it is and whether it has a docstring.
 *
 * @returns {{ subpath: string, names: { name: string, kind: string, documented: boolean }[] }[]}
 */
export function publishedNames() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, target]) => [
      `phasegate${subpath.slice(1)}`,
      target.default.replace(/^\.\/dist\/(.*)\.js$/, '$1.ts'),
    ])
    .filter(([, file]) => existsSync(file));
  const { config } = ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    options,
  );
  return entries.map(([subpath, file]) => ({ subpath, names: namesOf(program, file) }));
}

function namesOf(program, file) {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  if (module === undefined) return [];
  return checker
    .getExportsOfModule(module)
    .map((exported) => {
      const symbol =
        exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const documented = symbol.getDocumentationComment(checker).length > 0;
      return { name: exported.name, kind: kindOf(symbol), documented };
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function kindOf({ flags }) {
  const is = (flag) => (flags & flag) !== 0;
  const { Function, Class, Variable, Interface, TypeAlias } = ts.SymbolFlags;
  const value = is(Function) ? 'function' : is(Class) ? 'class' : is(Variable) ? 'const' : '';
  const type = is(Interface) ? 'interface' : is(TypeAlias) ? 'type' : '';
  return [value, type].filter((kind) => kind !== '').join(' and ');
}
