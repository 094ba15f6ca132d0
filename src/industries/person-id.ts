import type { z } from 'zod';

import { personIdProblem } from '../kernel/index.ts';

/** Makes a schema refuse ids of persons that can be read in more than one way; see {@link personIdProblem}. */
export function personId<Schema extends z.ZodType<string>>(schema: Schema): Schema {
  return schema.superRefine((id, context) => {
    const problem = personIdProblem(id);
    if (problem !== undefined)
      context.addIssue({
        code: 'custom',
        message: `the id ${problem}; write it as the account is written`,
      });
  });
}
