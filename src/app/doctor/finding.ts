import { isPhasegateError } from '../../kernel/index.ts';

/** What was found in one place. A `note` is worth knowing and holds nothing up. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'note' | 'problem';
  readonly message: string;
  /** What to do; empty when nothing is to be done. */
  readonly remedy: string;
}

/** What was looked for, or what stands in the way. */
export type Attempt<Value> = { readonly value: Value } | { readonly finding: Finding };

/** Turns an error of ours into a finding; anything else is not ours to explain. */
export async function attempt<Value>(
  id: string,
  title: string,
  work: () => Value | Promise<Value>,
): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return {
      finding: { id, title, status: 'problem', message: error.message, remedy: error.hint },
    };
  }
}

/** Gives a finding that needs nothing done. */
export function fine(id: string, title: string, message: string): Finding {
  return { id, title, status: 'ok', message, remedy: '' };
}
