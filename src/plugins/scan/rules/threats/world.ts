import { factsOf, type ScanRule } from '../../scan-rule.ts';

/** A member of the global object whose name is put together at run time. */
export const computedGlobal: ScanRule = {
  id: 'threat.computed-global',
  part: 'threats',
  severity: 'high',
  confidence: 0.6,
  message: 'Takes something from the global object by a name that is only known when it runs.',
  pass: 1,
  find: (subject) => factsOf(subject, 'computed-global'),
};

/** Machine code for the WebAssembly machine, which no rule reads. */
export const webAssembly: ScanRule = {
  id: 'threat.webassembly',
  part: 'threats',
  severity: 'high',
  confidence: 0.9,
  message: 'Runs WebAssembly, which cannot be looked into.',
  pass: 1,
  *find(subject) {
    for (const { file, line, path } of factsOf(subject, 'global'))
      if (/^WebAssembly\.(?:compile|instantiate|Module|Instance)/.test(path)) yield { file, line };
  },
};

/** A change to what all objects share. */
export const prototypeWrite: ScanRule = {
  id: 'threat.prototype-write',
  part: 'threats',
  severity: 'high',
  confidence: 0.7,
  message: 'Changes a prototype that all objects share.',
  pass: 1,
  find: (subject) => factsOf(subject, 'prototype-write'),
};

/** `with`, which lets a value decide what names mean. */
export const withStatement: ScanRule = {
  id: 'threat.with-statement',
  part: 'threats',
  severity: 'medium',
  confidence: 0.8,
  message: 'Uses "with", so that a value decides what names mean.',
  pass: 1,
  find: (subject) => factsOf(subject, 'with'),
};
