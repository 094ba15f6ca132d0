import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const repository = join(import.meta.dirname, '../..');
/** The command as it is published: compiled. `E2E_DIST` names another build. */
export const bin = join(repository, process.env['E2E_DIST'] ?? 'dist', 'src/cli/main.js');
if (!existsSync(bin)) throw new Error(`${bin} is missing: run npm run build first.`);

export const WHOLE_BRIEF = join(repository, 'examples/briefs/spring-offer.md');
export const CONTRADICTORY_BRIEF = join(repository, 'examples/briefs/contradictory.md');

/** The words that run the campaign of a whole brief on a thread. */
export function campaign(thread: string): readonly string[] {
  return ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', thread];
}

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

/** A process under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until standard output or standard error holds the text. */
  readonly says: (text: string) => Promise<void>;
}

/** A folder to run the command in, removed at the end. */
export interface Place extends Disposable {
  readonly directory: string;
  readonly start: (words: readonly string[], environment?: NodeJS.ProcessEnv) => Running;
  readonly run: (...words: readonly string[]) => Promise<Ended>;
  /** Follows a process of the test's own, which is ended with the place. */
  readonly follow: (child: ChildProcess) => Running;
}

/** Makes a folder in which `phasegate` runs as a process of its own, without a terminal. */
export function openPlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-e2e-'));
  const children = new Set<ChildProcess>();
  const follow = (child: ChildProcess): Running => {
    children.add(child);
    return running(child);
  };
  const start = (words: readonly string[], environment: NodeJS.ProcessEnv = {}): Running =>
    follow(
      spawn(process.execPath, [bin, ...words], {
        cwd: directory,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  return {
    directory,
    start,
    run: (...words) => start(words).ended,
    follow,
    [Symbol.dispose]: () => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Follows a process. */
function running(child: ChildProcess): Running {
  const began = performance.now();
  const heard = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (heard.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (heard.err += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ ...heard, code, signal, ms: performance.now() - began }),
    );
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (`${heard.out}${heard.err}`.includes(text)) resolve();
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      ended.then(() => reject(new Error(`Never said "${text}": ${heard.out}${heard.err}`)), reject);
      look();
    });
  return { child, ended, says };
}

/** A server that takes every request and answers none. */
export interface SilentServer extends AsyncDisposable {
  readonly url: string;
  /** Waits for the next request. */
  readonly asked: () => Promise<void>;
}

/** Opens a server on this machine that never answers. */
export async function openSilentServer(): Promise<SilentServer> {
  let onRequest: () => void = () => undefined;
  const server = createServer(() => onRequest());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () =>
      new Promise((resolve) => {
        onRequest = resolve;
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
