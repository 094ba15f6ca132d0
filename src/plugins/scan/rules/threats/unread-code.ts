import type { CodeFile, ScanRule } from '../../scan-rule.ts';

const SAID: Readonly<Record<NonNullable<CodeFile['failure']>, string>> = {
  'not-code': 'Cannot be read as JavaScript or TypeScript.',
  'not-text': 'Is code by its name, and is not UTF-8.',
  'too-deep': 'Nests deeper than can be followed.',
  'too-large': 'Is larger than is looked through.',
  'too-slow': 'Takes longer to look through than is allowed.',
  'no-parser': 'Is TypeScript, which cannot be read on this machine: ship the JavaScript.',
};

/** Code that was not looked at may do anything. */
export const unreadCode: ScanRule = {
  id: 'threat.unread-code',
  part: 'threats',
  severity: 'high',
  confidence: 1,
  message: 'Was not looked through.',
  gate: 'scan-incomplete',
  pass: 1,
  *find({ code }) {
    for (const { path, failure } of code)
      if (failure !== undefined) yield { file: path, line: 1, message: SAID[failure] };
  },
};
