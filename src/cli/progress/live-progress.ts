import { Listr } from 'listr2';

import type { RunEvent } from '../../workflow/index.ts';
import { plainLine } from '../rendering/plain-text.ts';
import { durationText } from '../rendering/time.ts';
import type { Terminal } from '../terminal.ts';
import { gateLines } from './gate-lines.ts';
import { attemptText, fallbackText } from './plain-progress.ts';
import { withoutRepetition, type Progress } from './progress.ts';

type Ending =
  | { readonly kind: 'done'; readonly note: string }
  | { readonly kind: 'left'; readonly note: string }
  | { readonly kind: 'failed'; readonly note: string };

/** A phase that is under way on the screen. */
interface Visit {
  readonly phase: string;
  readonly startedMs: number;
  readonly end: (ending: Ending) => void;
  readonly say: (text: string) => void;
}

/**
 * Shows progress at a terminal: the phase under way turns, finished ones stay, and each gate says what it found between
 * them. Phases come one after another, so each is a list of its own that ends before the next line is written.
 */
export function liveProgress(terminal: Terminal, nowMs: () => number): Progress {
  let tail = Promise.resolve();
  let current: Visit | undefined;
  const queue = (show: () => void | Promise<void>): void => {
    tail = tail.then(show);
  };
  const start = (phase: string): void => {
    const { promise, resolve } = deferred<Ending>();
    const notes = { listener: (_text: string): void => undefined };
    queue(() => turn(phase, promise, notes));
    current = { phase, startedMs: nowMs(), end: resolve, say: (text) => notes.listener(text) };
  };
  const end = (ending: Ending): void => {
    current?.end(ending);
    current = undefined;
  };
  const took = (): string => durationText(nowMs() - (current?.startedMs ?? nowMs()));
  const show = (event: RunEvent): void => {
    switch (event.type) {
      case 'phase-started':
        // Tried again after an error that may pass.
        if (current?.phase === event.phase) current.say('tried again');
        else start(event.phase);
        return;
      case 'phase-ended':
        end({ kind: 'done', note: `${took()}${attemptText(event)}` });
        return;
      case 'person-awaited':
        end({ kind: 'left', note: 'waits for a person' });
        return;
      case 'progress':
        current?.say(progressText(event.facts));
        return;
      case 'phase-fell-back': {
        const { phase } = event;
        queue(() =>
          terminal.out(`  ${terminal.paint.attention(`${phase}: ${fallbackText(event)}`)}`),
        );
        return;
      }
      case 'gate-judged': {
        const lines = gateLines(event.verdict, terminal.paint);
        queue(() => lines.forEach((line) => terminal.out(`  ${line}`)));
        return;
      }
    }
  };
  return {
    onEvent: withoutRepetition(show),
    settle: async (outcome) => {
      if (current !== undefined) {
        end({ kind: outcome === 'failed' ? 'failed' : 'left', note: `stopped after ${took()}` });
      }
      await tail;
    },
  };
}

/** One phase as a list of one line that turns until it has ended. */
async function turn(
  phase: string,
  ending: Promise<Ending>,
  notes: { listener: (text: string) => void },
): Promise<void> {
  const list = new Listr(
    [
      {
        title: phase,
        task: async (_, task): Promise<void> => {
          notes.listener = (text) => {
            task.output = text;
          };
          const { kind, note } = await ending;
          task.title = `${phase}  ${note}`;
          if (kind === 'left') task.skip(`${phase}  ${note}`);
          if (kind === 'failed') throw new Error(`${phase}  ${note}`);
        },
      },
    ],
    {
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { collapseSkips: true, showErrorMessage: true },
    },
  );
  await list.run();
}

/** What an agent reports of its work, as one line of names and numbers. */
function progressText(facts: unknown): string {
  if (typeof facts !== 'object' || facts === null) return '';
  return Object.entries(facts)
    .filter(([name]) => name !== 'phase')
    .map(([name, value]) => plainLine(`${name}: ${String(value)}`))
    .join('  ');
}

function deferred<Value>(): {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
} {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((accept) => {
    resolve = accept;
  });
  return { promise, resolve };
}
