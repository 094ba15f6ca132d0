import type { Ids } from '../kernel/index.ts';

/** Makes ids for tests: `prefix-1`, `prefix-2`, ... */
export function sequentialIds(prefix = 'id'): Ids {
  let given = 0;
  return {
    next: () => {
      given += 1;
      return `${prefix}-${given}`;
    },
  };
}
