import type { ThreadStatus } from '../../storage/index.ts';
import type { Paint } from './paint.ts';

/** Gives a status in its colour. */
export function statusText(status: ThreadStatus | 'unreadable', paint: Paint): string {
  const styles = {
    completed: paint.good,
    waiting: paint.attention,
    blocked: paint.bad,
    running: paint.accent,
    forked: paint.attention,
    unreadable: paint.bad,
  };
  return styles[status](status);
}
