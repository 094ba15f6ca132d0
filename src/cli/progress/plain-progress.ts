import type { RunEvent } from '../../workflow/index.ts';
import { createPaint } from '../rendering/paint.ts';
import { durationText } from '../rendering/time.ts';
import { gateLines } from './gate-lines.ts';
import { withoutRepetition, type Progress } from './progress.ts';

/**
 * Shows progress as plain lines, one for each thing that happens, for logs and pipes.
 *
 * @param write - Takes one line without its newline.
 * @param nowMs - Milliseconds that only grow.
 */
export function plainProgress(write: (line: string) => void, nowMs: () => number): Progress {
  const paint = createPaint(false);
  let startedMs = nowMs();
  const linesFor = (event: RunEvent): readonly string[] => {
    switch (event.type) {
      case 'phase-started':
        startedMs = nowMs();
        return [`phase ${event.phase}: started${attemptText(event)}`];
      case 'phase-ended':
        return isEnd(event.phase)
          ? []
          : [`phase ${event.phase}: done in ${durationText(nowMs() - startedMs)}`];
      case 'phase-fell-back':
        return [`phase ${event.phase}: ${fallbackText(event)}`];
      case 'gate-judged':
        return gateLines(event.verdict, paint);
      case 'person-awaited':
        return [`phase ${event.phase}: waits for a person`];
      case 'progress':
        return [];
    }
  };
  return {
    onEvent: withoutRepetition((event) => {
      for (const line of linesFor(event)) write(line);
    }),
    settle: () => Promise.resolve(),
  };
}

/** Whether the node is an end of the run, which the result tells of. */
export function isEnd(phase: string): boolean {
  return phase === 'completed' || phase === 'blocked';
}

/** Says that the simulated variant works instead of a model, and why. */
export function fallbackText({ because }: { readonly because: string }): string {
  return `variant: simulated, fallback from llm because ${because}`;
}

/** Says which agent worked, and the how-manieth attempt it was if not the first. */
export function attemptText({
  attempt,
  variant,
}: {
  readonly attempt: number;
  readonly variant: string | null;
}): string {
  const words = [
    ...(variant === null ? [] : [variant]),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
