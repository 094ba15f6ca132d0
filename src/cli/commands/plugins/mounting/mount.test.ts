import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';

/** Programs are started, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const place = openPlace();
afterAll(() => place[Symbol.dispose]());

const tools = pathToFileURL(
  join(
    import.meta.dirname,
    '../../../../plugins/kinds/integration-connector/mcp/fixtures/tool-server.mjs',
  ),
).href;
const behaviour = join(place.directory, 'behaviour.txt');
/** A server whose tools are what the file says, at each start. */
const server = place.file(
  'server.mjs',
  `import { readFileSync } from 'node:fs';
process.argv[2] = readFileSync(${JSON.stringify(behaviour)}, 'utf8');
await import(${JSON.stringify(tools)});
`,
);
const config = join(place.directory, 'conf');
mkdirSync(config);
writeFileSync(
  join(config, 'default.toml'),
  '[plugins]\nprofile = "production"\n[plugins.policy]\nspawn = ["node"]\n',
);
const MOUNT = ['plugins', 'mount', 'acme.tools', '--config', config];
const doctor = async (): ReturnType<typeof place.json> =>
  await place.json('plugins', 'doctor', '--config', config);

test(
  'a server is mounted by a person, and doctor tells when its tools are not as they were pinned',
  SLOW,
  async () => {
    writeFileSync(behaviour, 'good');
    const mounted = await place.json(...MOUNT, '--command', 'node', '--arg', server);
    expect(mounted).toMatchObject({ exitCode: 3, value: { state: 'pending-approval' } });
    for (const step of ['approve', 'enable'])
      expect(
        await place.phasegate('plugins', step, 'acme.tools', '--config', config),
      ).toMatchObject({ exitCode: 0 });
    expect(await doctor()).toMatchObject({
      exitCode: 0,
      value: { plugins: [{ id: 'acme.tools', drift: [], problem: null }] },
    });

    writeFileSync(behaviour, 'added');
    expect(await doctor()).toMatchObject({
      exitCode: 0,
      value: { plugins: [{ drift: [{ tool: 'extra', change: 'added' }], problem: null }] },
    });
    const told = await place.phasegate('plugins', 'doctor', '--config', config);
    expect(told.out.replaceAll(/\s+/g, ' ')).toContain('offers tools that are not mounted: extra');

    writeFileSync(behaviour, 'reworded');
    expect(await doctor()).toMatchObject({
      exitCode: 1,
      value: {
        plugins: [
          {
            drift: [{ tool: 'addNumbers', change: 'changed', parts: ['description'] }],
            problem: expect.stringContaining('plugins mount acme.tools'),
          },
        ],
      },
    });

    writeFileSync(server, 'process.exit(3);');
    expect(await doctor()).toMatchObject({
      exitCode: 1,
      value: { plugins: [{ problem: expect.stringContaining('could not be asked') }] },
    });
  },
);
