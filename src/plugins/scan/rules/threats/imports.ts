import { isBuiltin } from 'node:module';

import { resolveImport } from '../../read-subject.ts';
import { factsOf, type ScanRule } from '../../scan-rule.ts';

/** Modules of Node's that run code, or look into the process that runs it. */
const DANGEROUS: ReadonlySet<string> = new Set([
  'cluster',
  'inspector',
  'inspector/promises',
  'module',
  'process',
  'repl',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
  'sea',
  'trace_events',
]);

/** An import whose target is put together at run time. */
export const computedImport: ScanRule = {
  id: 'threat.computed-import',
  part: 'threats',
  severity: 'critical',
  confidence: 0.9,
  message: 'Imports a module whose name is only known when it runs.',
  pass: 1,
  find: (subject) => factsOf(subject, 'computed-import'),
};

/** Modules that run code or look into the process. */
export const dangerousModule: ScanRule = {
  id: 'threat.dangerous-module',
  part: 'threats',
  severity: 'critical',
  confidence: 1,
  message: 'Imports a module that runs code or looks into the process.',
  pass: 1,
  *find(subject) {
    for (const { file, line, module } of factsOf(subject, 'import'))
      if (isBuiltin(module) && DANGEROUS.has(module.replace(/^node:/, ''))) yield { file, line };
  },
};

/** Code from elsewhere. */
export const remoteImport: ScanRule = {
  id: 'threat.remote-import',
  part: 'threats',
  severity: 'critical',
  confidence: 1,
  message: 'Imports code from a URL.',
  pass: 1,
  *find(subject) {
    for (const { file, line, module } of factsOf(subject, 'import'))
      if (/^(?:https?|data|blob|ftp|npm|jsr):|^\/\//i.test(module)) yield { file, line };
  },
};

/** Code from outside the plugin's folder. */
export const outsideImport: ScanRule = {
  id: 'threat.outside-import',
  part: 'threats',
  severity: 'high',
  confidence: 1,
  message: 'Imports a file from outside its folder.',
  pass: 1,
  *find(subject) {
    for (const { file, line, module } of factsOf(subject, 'import')) {
      const isRelative = /^\.\.?\//.test(module);
      const isAbsolute = /^(?:\/(?!\/)|file:|[A-Za-z]:[\\/])/.test(module);
      if (isAbsolute || (isRelative && resolveImport(file, module) === undefined))
        yield { file, line };
    }
  },
};
