/** What is said of a thread of which some was written while the server was away, and the way out of it. */
export const DEGRADED =
  'the server was away while it ran; the next command that reaches it brings over what is kept here (docs/outages.md)';
