import { factsOf, type ScanRule } from '../../scan-rule.ts';

const SAID = {
  eval: 'Runs text as code with eval.',
  function: 'Makes a function out of text.',
  constructor: 'Reaches for the constructor of functions, which makes code out of text.',
  timer: 'Gives a timer text to run as code.',
  'handed-over': 'Hands eval or the constructor of functions to something else.',
} as const;

/** Code made of text, whatever way is taken to it. */
export const dynamicCode: ScanRule = {
  id: 'threat.dynamic-code',
  part: 'threats',
  severity: 'high',
  confidence: 0.9,
  message: 'Makes code out of text.',
  pass: 1,
  *find(subject) {
    for (const { file, line, how } of factsOf(subject, 'code')) {
      // No library needs the way over `constructor` to a function made of text: it is how sandboxes are left.
      const severity = how === 'constructor' ? 'critical' : 'high';
      yield { file, line, message: SAID[how], severity };
    }
  },
};
