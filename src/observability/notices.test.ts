import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Logger } from '../kernel/index.ts';
import { createLogger } from './index.ts';
import { NOTICED_EVENTS } from './notices.ts';

function noticesTo(lines: string[]): Logger {
  const destination = { write: (line: string): void => void lines.push(line) };
  return createLogger({ level: 'notices', destination });
}

test('tells a person what matters in a sentence, once, and nothing else', () => {
  const lines: string[] = [];
  const logger = noticesTo(lines).child({ thread: 't1' });
  logger.info('phase-ended', { phase: 'strategy' });
  logger.debug('model-answered', { durationMs: 3 });
  for (const code of ['STORAGE_LOCKED', 'STORAGE_LOCKED', 'STORAGE_IO'])
    logger.warn('thread-lock-renewal-failed', { code });
  expect(lines).toEqual([
    '! The lock of thread t1 could not be renewed (STORAGE_LOCKED); it is tried again.\n',
    '! The lock of thread t1 could not be renewed (STORAGE_IO); it is tried again.\n',
  ]);
});

test('tells of a server that goes and comes back, and not of the steps between', () => {
  const lines: string[] = [];
  const logger = noticesTo(lines);
  const place = '127.0.0.1:6379';
  logger.warn('storage-state-changed', { place, to: 'open', cause: 'STORAGE_UNAVAILABLE' });
  for (const to of ['half-open', 'reconcile']) logger.warn('storage-state-changed', { place, to });
  logger.warn('storage-state-changed', { place, to: 'closed', cause: 'none' });
  expect(lines.join('')).toBe(
    `! The server at ${place} is away: what is written is kept in the journal of this machine, and brought there later.\n` +
      `! The server at ${place} works again.\n`,
  );
});

test('does not say that a server works again which was well from the beginning on', () => {
  const lines: string[] = [];
  const logger = noticesTo(lines);
  const place = '127.0.0.1:6379';
  for (const to of ['reconcile', 'closed']) logger.warn('storage-state-changed', { place, to });
  expect(lines).toEqual([]);
});

test('names an event of somebody else with its facts, of the listed names only, scrubbed', () => {
  const lines: string[] = [];
  noticesTo(lines).error('orders-lost', { count: 2, customer: 'Ada', reason: 'Bearer abc' });
  expect(lines).toEqual(['! orders lost (count 2, reason [removed], dropped 1).\n']);
});

test('has a sentence for each warning and error in the source, and for nothing else', () => {
  const source = join(import.meta.dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test\.ts$|fixtures|cli[/\\]/.test(file),
  );
  const events = files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const found = text.matchAll(/\b(?:warn|error|report)\(\s*['`]([a-z]+(?:-[a-z]+)+)['`]/g);
    return [...found].map(([, event = '']) => event);
  });
  expect([...new Set(events)].toSorted()).toEqual(NOTICED_EVENTS.toSorted());
});
