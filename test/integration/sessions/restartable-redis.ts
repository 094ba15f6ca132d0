import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import {
  findFetched,
  startRedis,
  type RedisServer,
} from '../../../src/storage/backends/redis/fixtures/redis-server.ts';

/** A server that can be killed, and come back with what it wrote to its log. */
export interface RestartableRedis extends AsyncDisposable {
  readonly url: string;
  readonly client: RedisServer['client'];
  readonly port: number;
  kill(): Promise<void>;
  /** Starts it again, on the same port and directory. */
  restart(): Promise<void>;
  /** Stops it where it stands, until `resume`. */
  hang(): void;
  resume(): void;
}

/** Starts a server that writes every command to its log before it answers. */
export async function startRestartableRedis(): Promise<RestartableRedis> {
  const server = await startRedis('--appendfsync', 'always');
  let child: ChildProcess = server.process;
  const [, ...settings] = server.process.spawnargs;
  const isFetched = server.process.spawnfile !== 'redis-server';
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: server.url,
    client: server.client,
    port: server.port,
    kill,
    restart: async () => {
      child = spawn(server.process.spawnfile, settings, {
        stdio: 'ignore',
        ...(isFetched ? { env: { LD_LIBRARY_PATH: findFetched().libraries } } : {}),
      });
      const giveUpAt = Date.now() + 60_000;
      while ((await server.client.ping().catch(String)) !== 'PONG') {
        if (Date.now() > giveUpAt) throw new Error('redis-server did not start again');
        await delay(20);
      }
    },
    hang: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await kill();
      await server[Symbol.asyncDispose]();
    },
  };
}
