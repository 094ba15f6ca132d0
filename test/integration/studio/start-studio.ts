import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COMMAND = join(ROOT, 'node_modules/@langchain/langgraph-cli/dist/cli/cli.mjs');
// Below a test's own time limit, so that a server that does not start is ended and its output is shown.
const READY_WITHIN_MS = 180_000;

/** What a test's server serves besides what the repository's own langgraph.json says. */
export interface StudioOptions {
  /** Graph ids and `FILE:EXPORT`, files relative to the repository. */
  readonly graphs?: Readonly<Record<string, string>>;
  /** The auth handler, `FILE:EXPORT`. */
  readonly auth?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A LangGraph development server of its own, in a folder of its own. */
export interface Studio extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** What the server has written so far. */
  readonly output: () => string;
}

/** Starts the development server as `npm run studio` does, on a free port of 127.0.0.1. */
export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const folder = await mkdtemp(join(tmpdir(), 'phasegate-studio-'));
  await writeFile(join(folder, 'langgraph.json'), await settings(folder, options));
  await copyFile(join(ROOT, '.gitignore'), join(folder, '.gitignore'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [COMMAND, 'dev', '--no-browser', '--no-reload', '--host', '127.0.0.1', '--port', String(port)],
    {
      cwd: folder,
      // The command starts children that outlive it; a group of its own makes them easy to end.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        HOME: folder,
        LANGGRAPH_CLI_NO_ANALYTICS: '1',
        PHASEGATE_DATA_DIR: join(folder, 'data'),
        ...options.environment,
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const endNow = (): void => killGroup(child);
  process.once('exit', endNow);
  const stop = async (): Promise<void> => {
    process.off('exit', endNow);
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    killGroup(child);
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child);
  } catch (cause) {
    await stop();
    throw new Error(`The server did not start:\n${output}`, { cause });
  }
  return { url, folder, output: () => output, [Symbol.asyncDispose]: stop };
}

async function settings(folder: string, { graphs, auth }: StudioOptions): Promise<string> {
  const own: { graphs: Record<string, string>; http: { app: string } } = JSON.parse(
    await readFile(join(ROOT, 'langgraph.json'), 'utf8'),
  );
  const placed = Object.entries({ ...own.graphs, ...graphs }).map(([id, spec]) => [
    id,
    relative(folder, join(ROOT, spec)),
  ]);
  return JSON.stringify({
    ...own,
    graphs: Object.fromEntries(placed),
    http: { ...own.http, app: relative(folder, join(ROOT, own.http.app)) },
    ...(auth === undefined ? {} : { auth: { path: relative(folder, join(ROOT, auth)) } }),
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const answer = await fetch(`${url}/info`).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(100);
  }
  throw new Error(`It was not ready within ${READY_WITHIN_MS} ms.`);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody of the group is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
