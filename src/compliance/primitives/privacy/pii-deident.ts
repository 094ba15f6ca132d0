import { z } from 'zod';

import { PERSONAL_TYPES } from '../../../privacy/index.ts';
import { notSatisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeContent } from '../judge-content.ts';

/** Classes that no scan tells: names, small areas, biometrics, photographs, other codes. */
const BY_METHOD = ['A', 'B', 'P', 'Q', 'R'];
const DETECTABLE: ReadonlySet<string> = new Set(PERSONAL_TYPES);

/** Identifiers are gone as far as a machine can tell, and somebody says how the others went. */
export const piiDeident = definePrimitive(
  {
    id: 'pii.deident',
    parameters: z.strictObject({
      /** Classes for which a method has to be recorded, by the letters of 45 CFR 164.514(b)(2)(i). */
      byMethod: z.array(z.string().regex(/^[A-R]$/)).default(BY_METHOD),
    }),
    evidence: ['state'],
    predicate:
      'No class that a machine can detect is found, and a method is recorded for each of the others',
    says: 'Detectable classes are absent',
    cannotSay: 'Names, faces, biometrics, the risk of re-identification that is left',
    on: ['deidentified'],
  },
  {
    gate: {
      needs: ['content', 'deidentification'],
      judge: ({ content, deidentification }, { byMethod }) => {
        const scanned = judgeContent(content, {
          part: 'both',
          isWanted: (type) => !DETECTABLE.has(type),
          no: 'An identifier is still there.',
          remedy: 'Redact or generalise it before it is handed on.',
        });
        if (scanned.outcome !== 'satisfied') return scanned;
        const { method, reference, classes } = deidentification;
        if (method === null || reference === null)
          return undecided(
            'How the identifiers that no scan finds were dealt with is not recorded.',
            {
              remedy: 'Record the method and a reference to it.',
              paths: ['compliance.deidentification'],
            },
          );
        if (byMethod.every((letter) => classes.includes(letter))) return scanned;
        return notSatisfied(
          'The method recorded does not speak to every class that no scan finds.',
          {
            remedy: `Let the method speak to the classes ${byMethod.join(', ')}.`,
            paths: ['compliance.deidentification.classes'],
          },
        );
      },
    },
  },
);
