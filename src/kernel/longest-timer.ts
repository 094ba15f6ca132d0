/**
 * The longest that a timer of Node can wait, in milliseconds: almost 25 days. Node lets a longer one fire at once, so a
 * duration that reaches a timer is refused above it.
 */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
