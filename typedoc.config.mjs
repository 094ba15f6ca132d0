import { existsSync, readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entryPoints = Object.values(exports)
  .filter((target) => typeof target === 'object')
  .map((target) => target.default.replace(/^\.\/dist\/(.*)\.js$/, '$1.ts'))
  .filter((file) => existsSync(file));

export default {
  tsconfig: 'tsconfig.build.json',
  // The root comes last: what it passes on is documented where it lives.
  entryPoints: entryPoints.toSorted((one, other) => other.length - one.length),
  excludeInternal: true,
  // What a class inherits from a vendor is the vendor's to document.
  excludeExternals: true,
  // The type check is a check of its own.
  skipErrorChecking: true,
  // The links of pages are looked at by test/architecture/pages.test.ts.
  readme: 'none',
  disableGit: true,
  sourceLinkTemplate: '{path}',
  // Functions are looked at by test/architecture/api-surface.test.ts: here their kind would take in every method.
  requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Variable'],
  validation: { notDocumented: true, notExported: false, invalidLink: true },
  treatValidationWarningsAsErrors: true,
};
