import type { TraceableFact } from '../reading/fact-index.ts';

/** A fact, or one sentence of it, in the brief's words. */
export interface Told {
  readonly id: string;
  readonly text: string;
  readonly kind: TraceableFact['kind'];
}
