import type { Running } from '../facts/vocabulary.ts';

/** Tells whether two sets of digests are of the same workflow, policy, prompts and tools. */
export function isSameRunning(one: Running, other: Running): boolean {
  return (
    one.workflow === other.workflow &&
    one.policy === other.policy &&
    one.prompts === other.prompts &&
    one.tools === other.tools
  );
}
