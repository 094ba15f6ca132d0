import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';

const README = new URL(
  '../../../../plugins/kinds/integration-connector/README.md',
  import.meta.url,
);
const ID = 'phasegate.http-connector';

const place = openPlace();
const heard: IncomingMessage[] = [];
const server = createServer((request, response) => {
  heard.push(request);
  response.setHeader('content-type', 'application/json').end('{"open":2}');
});
afterAll(() => {
  server.close();
  place[Symbol.dispose]();
});

/** The lines of the page, for a host that is here. */
function configOf(host: string): string {
  const [, toml = ''] = /```toml\n([\s\S]*?)```/.exec(readFileSync(README, 'utf8')) ?? [];
  expect(toml).toContain('api.example.com');
  return toml
    .replace('[plugins]\n', `[plugins]\nprivate_hosts = ["${host}"]\n`)
    .replace('api.example.com', '127.0.0.1')
    .replace('${ORDERS_TOKEN}', 'hush-7');
}

test(
  'the HTTP connector reaches what the lines of its page name, with its secret, and nothing without them',
  { timeout: 240_000 },
  async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const directory = join(place.directory, 'config');
    mkdirSync(directory);
    writeFileSync(join(directory, 'default.toml'), configOf(host));
    const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
      place.json('plugins', ...words);
    const settings = JSON.stringify({ auth: { host } });
    await run('add', ID, '--built-in', '--config', directory);
    await run('approve', ID, '--reason', 'looked at', '--config', directory);
    expect(await run('enable', ID, '--settings', settings, '--config', directory)).toMatchObject({
      exitCode: 0,
    });
    const get = ['run', ID, 'get', '--input', JSON.stringify({ url: `http://${host}/orders` })];
    expect(await run(...get)).toMatchObject({ value: { error: { code: 'PLUGINS_DENIED' } } });
    expect(heard).toEqual([]);
    expect(await run(...get, '--config', directory)).toMatchObject({
      exitCode: 0,
      value: { output: { status: 200, body: { open: 2 } } },
    });
    expect(heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer hush-7']);
  },
);
