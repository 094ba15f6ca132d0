import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { startRedis, startServer } from '../../src/storage/backends/redis/fixtures/redis-server.ts';
import { openPlace, WHOLE_BRIEF } from './phasegate.ts';

test.each([
  ['comes back with its data', (directory: string) => ['--dir', directory]],
  ['comes back empty', () => []],
] as const)(
  'with a journal a run ends without Redis, says so, and is there when it %s',
  { timeout: 240_000 },
  async (_name, settingsOf) => {
    using place = openPlace();
    await using first = await startRedis('--appendfsync', 'always');
    const settings =
      '[storage]\njournal = true\ncommand_timeout_ms = 60000\n[thread]\nlease_ms = 180000\n';
    writeFileSync(join(place.directory, 'phasegate.toml'), settings);
    const environment = { REDIS_URL: first.url, PHASEGATE_SEAL_KEY: '5e'.repeat(31) + '01' };
    const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'away'];
    const logged = ['--json', '--log-level', 'info'];
    const run = place.start([...words, '--approve-as', 'ci', ...logged], environment);
    await run.says('"phase":"strategy"');
    await first.kill();
    const ended = await run.ended;
    expect(ended.code, `${ended.err}${ended.out}`).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ status: 'completed', degraded: true });
    await using back = await startServer({
      port: first.port,
      settings: settingsOf(first.directory),
    });
    expect(back.port).toBe(first.port);
    const shown = await place.start(['show', 'away', '--json'], environment).ended;
    expect(JSON.parse(shown.out)).toMatchObject({ status: 'completed', degraded: true });
    const { out } = await place.start(['threads', '--json'], environment).ended;
    expect(JSON.parse(out)).toMatchObject({
      threads: [{ thread: 'away', status: 'completed', degraded: true }],
    });
    const told = async (...command: string[]): Promise<string> =>
      (await place.start(command, environment).ended).out;
    expect(await told('threads')).toContain('completed (degraded)');
    expect(await told('history', 'away')).toMatch(/\(degraded\)[^]*the server was away/);
    expect(await told('doctor')).toContain('1 thread ran while the server was away: away');
  },
);
