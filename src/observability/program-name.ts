/** What is sent in the place of what may not leave. */
export const HIDDEN = '[hidden]';

/** Names of nodes, models and tools as programs write them; anything with a space in it may be a sentence. */
const PROGRAM_NAME = /^[A-Za-z_][\w.:<>,/-]{0,79}$/;

/** Gives a name that a program gave; what may be somebody's words is hidden. */
export function programName(name: unknown): string {
  return typeof name === 'string' && PROGRAM_NAME.test(name) ? name : HIDDEN;
}
