import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { startPostgres } from '../../../src/audit/fixtures/postgres-server.ts';
import { writePlugin } from '../../../src/cli/commands/plugins/fixtures/plugin-folder.ts';
import { openPlace } from '../../../src/cli/fixtures/run-command.ts';

test(
  'plugins are added, enabled, called and removed with their records on PostgreSQL',
  { timeout: 240_000 },
  async () => {
    await using server = await startPostgres();
    using place = openPlace();
    const config = join(place.directory, 'conf');
    mkdirSync(config);
    writeFileSync(join(config, 'default.toml'), `[records]\nurl = "${server.url}"\n`);
    const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
      place.json('plugins', ...words, '--config', config);
    const directory = writePlugin(join(place.directory, 'plugin'), { id: 'local.served' });

    expect(await run('add', directory)).toMatchObject({ value: { state: 'registered' } });
    expect(await run('enable', 'local.served')).toMatchObject({ value: { state: 'active' } });
    const ran = await run('run', 'local.served', 'go', '--input', '{"n":1}');
    expect(ran).toMatchObject({ exitCode: 0, value: { output: { n: 1 } } });
    expect(await run('doctor')).toMatchObject({
      exitCode: 0,
      value: { plugins: [{ id: 'local.served', health: 'healthy', figures: { calls: 1 } }] },
    });
    // Nothing of it is in the data folder.
    expect(await place.json('plugins', 'list')).toMatchObject({ value: { plugins: [] } });
    expect(await run('remove', 'local.served')).toMatchObject({ value: { state: 'removed' } });
  },
);
