import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Facts, Logger } from '../kernel/index.ts';
import { createLogger, errorFacts, LOG_FIELDS, type LoggerOptions } from './index.ts';

interface Log {
  readonly logger: Logger;
  readonly lines: readonly string[];
  readonly entries: () => readonly Readonly<Record<string, unknown>>[];
}

function logTo(options: Partial<LoggerOptions> = {}): Log {
  const lines: string[] = [];
  const destination = { write: (line: string): void => void lines.push(line) };
  const logger = createLogger({ level: 'debug', destination, ...options });
  return { logger, lines, entries: () => lines.map((line) => JSON.parse(line)) };
}

test('writes one JSON object a line, with level, time and event', () => {
  const { logger, lines, entries } = logTo();
  logger.info('phase-ended', { phase: 'strategy', durationMs: 12.5 });
  expect(lines[0]?.endsWith('}\n')).toBe(true);
  expect(entries()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      phase: 'strategy',
      durationMs: 12.5,
      event: 'phase-ended',
    },
  ]);
});

test('adds what its parents were given to every line, and lets the nearest win', () => {
  const { logger, lines, entries } = logTo();
  const phase = logger.child({ thread: 't1', run: 'r1' }).child({ phase: 'strategy', attempt: 1 });
  phase.warn('gate-judged', { attempt: 2 });
  expect(entries()[0]).toMatchObject({ thread: 't1', run: 'r1', phase: 'strategy', attempt: 2 });
  expect(lines[0]?.match(/"attempt"/g)).toHaveLength(1);
});

test('leaves out and counts facts that are not on the list', () => {
  const { logger, entries } = logTo();
  logger.info('brief-read', { brief: 'Dear Ada', prompt: 'x', bytes: 9 });
  expect(entries()[0]).toMatchObject({ bytes: 9, dropped: 2 });
  expect(JSON.stringify(entries())).not.toContain('Ada');
});

test("takes further fields from a workflow of one's own, but not its own three", () => {
  const { logger, entries } = logTo({ fields: ['orders', 'level'] });
  logger.info('done', { orders: 3, level: 'x', time: 1, event: 'y' });
  expect(entries()[0]).toMatchObject({ level: 'info', event: 'done', orders: 3, dropped: 3 });
});

test('writes from its level upwards, and nothing when silent', () => {
  const { logger, entries } = logTo({ level: 'warn' });
  logger.debug('a');
  logger.info('b');
  logger.warn('c');
  logger.error('d');
  expect(entries().map(({ event }) => event)).toEqual(['c', 'd']);
  const silent = logTo({ level: 'silent' });
  silent.logger.error('e');
  expect(silent.lines).toEqual([]);
});

test.each([
  'ada@example.test',
  '078-05-1120',
  '4111 1111 1111 1111',
  'sk-proj-abcdefgh1234',
  'Bearer abc.def',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
  'postgres://me:hunter2@db.test/x',
])('removes %s from a value and from an event', (secret) => {
  const { logger, lines } = logTo();
  logger.info(`x ${secret} y`, { reason: `before ${secret} after`, thread: secret });
  expect(lines[0]).not.toContain(secret.replace(/^.*:\/\//, ''));
  expect(lines[0]).toContain('[removed]');
});

test.each([
  'DE89 3704 0044 0532 0130 00',
  '(212) 555-0123',
  '192.168.7.44',
  'https://example.test/u/ada?token=1',
  '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
  'AB 12 34 56 C',
  'password: tulip-frost-77',
])(
  'removes %s from what may quote somebody, also in a child, a cause and a foreign error',
  (value) => {
    const { logger, lines } = logTo();
    const child = logger.child({ reason: `said ${value} then` }).child({ phase: 'strategy' });
    const error = Object.assign(new Error(`failed on ${value}`, { cause: new Error(value) }), {
      code: 'ENOENT',
    });
    error.name = value;
    child.error('failed', { ...errorFacts(error), problem: `about ${value}` });
    expect(lines.join('')).not.toContain(value);
    expect(lines.join('')).toContain('[removed]');
  },
);

test("leaves out a number that is somebody's, and keeps counts", () => {
  const { logger, entries } = logTo();
  logger.info('counted', { count: 4_111_111_111_111_111, bytes: 123_456_789_012_345 });
  expect(entries()[0]).toMatchObject({ bytes: 123_456_789_012_345, dropped: 1 });
  expect(entries()[0]).not.toHaveProperty('count');
});

test('keeps identifiers that only look long', () => {
  const { logger, entries } = logTo();
  const facts = {
    run: '0b6f5a1e-9d1f-4c3e-8123-123456789012',
    visit: '12345678-1234-4123-8123-123456789012',
    thread: '4111111111111112',
    model: 'sk-learn-classifier-small',
    digest: 'a3f5'.repeat(16),
    startedAt: '2026-11-22T05:40:21.123Z',
  };
  logger.info('run-started', facts);
  expect(entries()[0]).toMatchObject(facts);
});

test('never writes more than one short line, whatever it is given', () => {
  const values = fc.dictionary(fc.constantFrom(...LOG_FIELDS), fc.anything({ maxDepth: 1 }));
  fc.assert(
    fc.property(fc.string(), values, (event, facts) => {
      const { logger, lines, entries } = logTo();
      logger.info(event, { ...(facts as Facts), reason: `${event.repeat(50)}\n` });
      expect(lines).toHaveLength(1);
      expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
      const scalar = Object.values(entries()[0] ?? {}).every((value) =>
        ['string', 'number', 'boolean'].includes(typeof value),
      );
      expect(scalar).toBe(true);
      expect(String(entries()[0]?.['reason']).length).toBeLessThan(420);
    }),
  );
});

test('cuts long text without leaving half a secret at the end', () => {
  const { logger, entries } = logTo();
  logger.info('cut', { reason: `${'word '.repeat(38)}ada@example.test ${'x'.repeat(500)}` });
  const reason = String(entries()[0]?.['reason']);
  expect(reason.length).toBeLessThanOrEqual(203);
  expect(reason).not.toContain('ada');
});

test('has written every line to standard error when the process ends at once', () => {
  const script = `
    import { createLogger } from './src/observability/index.ts';
    const logger = createLogger({ level: 'info' });
    for (let index = 0; index < 500; index += 1) logger.info('tick', { index });
    process.exit(3);`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' },
  );
  expect(status).toBe(3);
  expect(stdout).toBe('');
  const lines = stderr.trim().split('\n');
  expect(lines).toHaveLength(500);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'tick', index: 499 });
}, 30_000);
