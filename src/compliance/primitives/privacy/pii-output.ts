import { z } from 'zod';

import { definePrimitive } from '../../primitive.ts';
import { judgeContent } from '../judge-content.ts';

/** Nothing goes out that must not. */
export const piiOutput = definePrimitive(
  {
    id: 'pii.output',
    parameters: z.strictObject({
      /** Classes that may go out besides those that the purpose allows. */
      allow: z.array(z.string().min(1)).default([]),
    }),
    evidence: ['output'],
    predicate:
      'Outgoing text and tool arguments hold no class that is not allowed; what cannot be scanned is denied',
    says: 'The output was scanned by the detectors named',
    cannotSay: 'Leaks of meaning, paraphrase',
    on: ['output', 'effect'],
  },
  {
    gate: {
      needs: ['content', 'allowedClasses'],
      judge: ({ content, allowedClasses }, { allow }) =>
        judgeContent(content, {
          part: 'output',
          isWanted: (type) => allowedClasses.output.includes(type) || allow.includes(type),
          no: 'What goes out holds a class of data that is not allowed.',
          remedy: 'Redact it, or allow the class for what goes out.',
        }),
    },
  },
);
