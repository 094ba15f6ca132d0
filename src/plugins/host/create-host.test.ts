import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { silentLogger, systemClock } from '../../kernel/index.ts';
import { Limits, type Permissions, type PluginHost } from '../contract/index.ts';
import { PluginError } from '../errors/index.ts';
import { createHost, type HostServices } from './create-host.ts';

let server: Server;
let origin: string;
let port: number;
let directory: string;
const seen: { url: string; authorization: string | undefined }[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'host-'));
  await mkdir(join(directory, 'in'));
  await writeFile(join(directory, 'in', 'a.txt'), 'hello');
  await symlink('/etc/passwd', join(directory, 'in', 'passwd'));
  await symlink('/etc', join(directory, 'in', 'etc'));
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const target = /^\/redirect\?to=(.*)$/.exec(request.url ?? '')?.[1];
    if (target !== undefined) response.writeHead(302, { location: decodeURIComponent(target) });
    response.end(request.url === '/large' ? 'x'.repeat(2_000_000) : 'ok');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  origin = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
  await rm(directory, { recursive: true });
});

function hostWith(permissions: Permissions, services: Partial<HostServices> = {}): PluginHost {
  return createHost({
    plugin: 'acme.test',
    limits: Limits.parse({ hostCalls: 5 }),
    layers: [{ name: 'manifest', permissions }],
    services: {
      clock: systemClock,
      logger: silentLogger,
      randomHex: (bytes) => 'ab'.repeat(bytes),
      directory,
      ...services,
    },
    signal: new AbortController().signal,
  });
}

const anyHost: Permissions = { net: { hosts: ['*'], methods: ['GET'] } };
const open = (): Partial<HostServices> => ({ privateHosts: [`127.0.0.1:${port}`] });

test('refuses everything to a plugin that asked for nothing', async () => {
  const host = hostWith({});
  const calls = [
    () => host.fetch({ url: origin }),
    () => host.readFile('in/a.txt'),
    () => host.env('HOME'),
    () => host.callTool('acme.other/go', null),
    () => host.now(),
  ];
  for (const call of calls) {
    // One after the other, within one plugin's call.
    // oxlint-disable-next-line no-await-in-loop
    await expect(call()).rejects.toMatchObject({ code: 'PLUGINS_DENIED' });
  }
  await expect(host.random(4)).rejects.toMatchObject({ details: { limit: 'hostCalls' } });
});

test('refuses what one layer does not allow, and says which', async () => {
  const layers = [
    { name: 'manifest', permissions: anyHost },
    { name: 'grant', permissions: { net: { hosts: ['api.example.com'], methods: ['GET'] } } },
  ] as const;
  const host = createHost({
    plugin: 'acme.test',
    limits: Limits.parse({}),
    layers,
    services: { clock: systemClock, logger: silentLogger, randomHex: () => '' },
    signal: new AbortController().signal,
  });
  await expect(host.fetch({ url: 'https://other.example.com/' })).rejects.toThrow('not granted');
});

test('names the configuration to who is refused by the policy of an installation', async () => {
  const host = createHost({
    plugin: 'acme.test',
    limits: Limits.parse({}),
    layers: [{ name: 'policy', permissions: {} }],
    services: { clock: systemClock, logger: silentLogger, randomHex: () => '' },
    signal: new AbortController().signal,
  });
  await expect(host.callTool('acme.base/describe', {})).rejects.toMatchObject({
    code: 'PLUGINS_DENIED',
    hint: expect.stringContaining('[plugins.policy]') as string,
  });
});

test('fetches from a host that the operator opened, and follows redirects to it', async () => {
  const host = hostWith(anyHost, open());
  expect(await host.fetch({ url: `${origin}/x` })).toMatchObject({ status: 200, body: 'ok' });
  const to = encodeURIComponent(`${origin}/there`);
  expect(await host.fetch({ url: `${origin}/redirect?to=${to}` })).toMatchObject({ status: 200 });
});

test.each([
  'http://127.0.0.1/',
  'http://localhost/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.1.2.3/',
  'http://[fd00::1]/',
  'http://0.0.0.0/',
])('does not reach the private address of %s, however wide its permission', async (url) => {
  await expect(hostWith(anyHost).fetch({ url })).rejects.toMatchObject({ code: 'PLUGINS_DENIED' });
});

test('does not reach a private address through a name, nor by a second answer of the name server', async () => {
  const rebound = hostWith(anyHost, {
    resolve: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  await expect(rebound.fetch({ url: `http://public.example:${port}/` })).rejects.toThrow(
    'private address',
  );
  const mixed = hostWith(anyHost, {
    resolve: (_name, _options, done) =>
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]),
  });
  await expect(mixed.fetch({ url: `http://public.example:${port}/` })).rejects.toThrow(
    'private address',
  );
});

test('does not follow a redirect to a private address or to a host that was not granted', async () => {
  const host = hostWith(anyHost, open());
  const inside = encodeURIComponent('http://169.254.169.254/');
  await expect(host.fetch({ url: `${origin}/redirect?to=${inside}` })).rejects.toThrow(
    'private address',
  );
  const narrow = hostWith({ net: { hosts: [`127.0.0.1:${port}`], methods: ['GET'] } }, open());
  const other = encodeURIComponent('https://other.example.com/');
  await expect(narrow.fetch({ url: `${origin}/redirect?to=${other}` })).rejects.toThrow('manifest');
});

test('adds a secret that the plugin never sees, and not after a redirect to another origin', async () => {
  const permissions: Permissions = { ...anyHost, secrets: { handles: ['crm'] } };
  const second = createServer((request, response) => {
    seen.push({ url: 'second', authorization: request.headers.authorization });
    response.end('ok');
  });
  await new Promise<void>((resolve) => void second.listen(0, '127.0.0.1', resolve));
  const other = `127.0.0.1:${(second.address() as AddressInfo).port}`;
  const services = {
    privateHosts: [`127.0.0.1:${port}`, other],
    secret: () => Promise.resolve('s3cret'),
  };
  const host = hostWith(permissions, services);
  seen.length = 0;
  const to = encodeURIComponent(`http://${other}/`);
  const auth = { secret: 'crm' };
  await host.fetch({ url: `${origin}/redirect?to=${to}`, auth });
  await new Promise((resolve) => void second.close(resolve));
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer s3cret', undefined]);
  await expect(host.fetch({ url: origin, auth: { secret: 'other' } })).rejects.toMatchObject({
    details: { permission: 'secrets' },
  });
  await expect(
    host.fetch({ url: origin, headers: { Authorization: 'Bearer mine' } }),
  ).rejects.toThrow("the host's to set");
});

test('stops a body that is too large, a method and a scheme that were not granted', async () => {
  const host = hostWith(anyHost, open());
  await expect(host.fetch({ url: `${origin}/large` })).rejects.toMatchObject({
    details: { limit: 'outputKb' },
  });
  await expect(host.fetch({ url: origin, method: 'POST' })).rejects.toMatchObject({
    code: 'PLUGINS_DENIED',
  });
  await expect(host.fetch({ url: 'file:///etc/passwd' })).rejects.toMatchObject({
    code: 'PLUGINS_DENIED',
  });
});

test('reads and writes inside the granted folders only, and follows no link', async () => {
  const permissions: Permissions = {
    'fs.read': { roots: ['in', 'out'] },
    'fs.write': { roots: ['out'] },
  };
  const host = hostWith(permissions);
  expect(await host.readFile('in/a.txt')).toBe('hello');
  await host.writeFile('out/deep/b.txt', 'there');
  expect(await host.readFile('out/deep/b.txt')).toBe('there');
  await expect(host.writeFile('in/a.txt', 'changed')).rejects.toMatchObject({
    code: 'PLUGINS_DENIED',
  });
  await expect(hostWith(permissions).readFile('in/passwd')).rejects.toThrow('it is a link');
  await expect(hostWith(permissions).readFile('in/etc/passwd')).rejects.toThrow('a link leads out');
});

test.each([
  '/etc/passwd',
  '../x',
  'in/../../x',
  'in//a.txt',
  './in/a.txt',
  'in/a.txt\0',
  '.env',
  'in\\a.txt',
  '',
])('refuses the path %j', async (path) => {
  const host = hostWith({ 'fs.read': { roots: ['in'] } });
  await expect(host.readFile(path)).rejects.toBeInstanceOf(PluginError);
});

test('keeps no more files than their quota, also many small ones, and lets one be written anew', async () => {
  const own = await mkdtemp(join(tmpdir(), 'quota-'));
  const permissions: Permissions = { 'fs.write': { roots: ['out'] } };
  const write = async (path: string, text: string): Promise<void> =>
    await hostWith(permissions, { directory: own, filesQuotaKb: 16 }).writeFile(path, text);
  await write('out/a', 'x'.repeat(8000));
  await expect(write('out/b', 'x'.repeat(8000))).rejects.toMatchObject({ code: 'PLUGINS_LIMIT' });
  await write('out/a', 'y'.repeat(9000));
  await rm(join(own, 'out/a'));
  await write('out/1', 'x');
  await write('out/2', 'x');
  await write('out/3', 'x');
  await expect(write('out/4', 'x')).rejects.toMatchObject({ code: 'PLUGINS_LIMIT' });
  await rm(own, { recursive: true });
});
