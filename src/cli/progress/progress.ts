import type { RunEvent } from '../../workflow/index.ts';

/** Shows how a run goes on. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  /** Waits until everything that happened is shown; what is still under way is shown as left. */
  readonly settle: (outcome: 'paused' | 'ended' | 'failed') => Promise<void>;
}

/** Shows nothing: what a caller reads is one JSON object at the end. */
export const noProgress: Progress = Object.freeze({
  onEvent: () => undefined,
  settle: () => Promise.resolve(),
});

/**
 * Leaves out what is told again when a visit goes on after a person's answer: its gate, which let it in before, is not
 * shown twice.
 */
export function withoutRepetition(onEvent: (event: RunEvent) => void): (event: RunEvent) => void {
  let shown: string | undefined;
  let held: RunEvent | undefined;
  return (event) => {
    if (event.type === 'gate-judged') {
      // Whose gate it is, the phase tells that begins next; an end tells of itself right after.
      held = event;
      return;
    }
    const gate = held;
    held = undefined;
    const key = 'attempt' in event ? `${event.phase} ${event.attempt}` : undefined;
    const again = event.type === 'phase-started' && key === shown;
    if (gate !== undefined && !again) onEvent(gate);
    if (event.type === 'phase-started') shown = key;
    onEvent(event);
  };
}
