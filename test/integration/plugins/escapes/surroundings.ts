import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { silentLogger, systemClock } from '../../../../src/kernel/index.ts';
import type { HostServices } from '../../../../src/plugins/index.ts';

/** What must never come out: the operator's secrets, and a file outside of the plugin's folder. */
export const SECRETS = ['canary-of-env', 'canary-of-vault', 'canary-of-file', 'canary-of-cause'];

/** A folder with links out of it, a server inside the network, and services full of secrets. */
export interface Surroundings {
  readonly services: HostServices;
  readonly origin: string;
  /** How often the server was reached under a path that is not open. */
  readonly reached: () => number;
  readonly outside: string;
  close(): Promise<void>;
}

/** Builds what the attacks are aimed at. */
export async function openSurroundings(): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), 'escapes-'));
  const directory = join(folder, 'plugin');
  const outside = join(folder, 'outside');
  await mkdir(join(directory, 'data'), { recursive: true });
  await mkdir(outside);
  await writeFile(join(outside, 'secret.txt'), 'canary-of-file');
  await writeFile(join(directory, 'data', 'own.txt'), 'own');
  await symlink(join(outside, 'secret.txt'), join(directory, 'data', 'link.txt'));
  await symlink(outside, join(directory, 'data', 'folder'));
  let hits = 0;
  const server = createServer((request, response) => {
    const to = /^\/redirect\?to=(.*)$/.exec(request.url ?? '')?.[1];
    if (to === undefined) hits++;
    else response.writeHead(302, { location: decodeURIComponent(to) });
    response.end('canary-of-vault');
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  const origin = `http://opened.example:${port}`;
  const services: HostServices = {
    clock: systemClock,
    logger: silentLogger,
    randomHex: (bytes) => '00'.repeat(bytes),
    directory,
    env: (name) => `canary-of-env ${name}`,
    secret: () => Promise.resolve('canary-of-vault'),
    state: {
      get: () => Promise.reject(new Error('canary-of-cause at /srv/host')),
      set: () => Promise.resolve(),
    },
    callTool: () => Promise.reject(new Error('canary-of-cause')),
    versionOf: async () => '1.0.0',
    privateHosts: [`opened.example:${port}`],
    // The name server of the attacker: every name is at home.
    resolve: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  };
  return {
    services,
    origin,
    outside,
    reached: () => hits,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

async function listening(server: Server): Promise<void> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
}
