import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

import { z } from 'zod';

import { resourcesOf, type Resources } from './resources.ts';

/** What a child is started with. */
export interface ChildOptions {
  /** Absolute; the only folder that it may read. */
  readonly directory: string;
  readonly program: string;
  readonly workingDirectory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** Characters of one line; a child that writes a longer one is ended. */
  readonly maxLine: number;
}

/** A request of the child for its host. */
export interface HostAsk {
  readonly name: string;
  readonly arguments: readonly unknown[];
}

/** Why a child was ended by us. */
export type Killed = 'limit-line' | 'limit-host-calls' | 'other';

/** A child process that speaks JSON-RPC, one message a line, on its standard streams. */
export interface Child {
  /** @returns The text of the result. @throws {@link ChildError} with the child's words; Error when it has ended. */
  ask(method: 'load' | 'call', params: object): Promise<string>;
  /** Answers the child's requests from now on. */
  serve(answer: (ask: HostAsk) => Promise<unknown>): void;
  resources(): Resources | undefined;
  /** Ends the process and all that it has started. */
  kill(why?: Killed): void;
  readonly ended: boolean;
  readonly killed: Killed | undefined;
}

/** What the child's code threw. */
export class ChildError extends Error {}

const Message = z.object({
  id: z.union([z.string(), z.number()]),
  method: z.literal('host').optional(),
  params: z.object({ name: z.string(), arguments: z.array(z.unknown()) }).optional(),
  result: z.string().optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** Starts a child, in a process group of its own. */
export function startChild(options: ChildOptions): Child {
  return new SpawnedChild(options);
}

interface Waiter {
  resolve(text: string): void;
  reject(error: Error): void;
}

class SpawnedChild implements Child {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, Waiter>();
  #next = 0;
  #ended = false;
  #killed: Killed | undefined;
  #answer: (ask: HostAsk) => Promise<unknown> = () => Promise.reject(new Error('Nobody.'));

  constructor(options: ChildOptions) {
    this.#process = spawn(process.execPath, flagsOf(options), {
      cwd: options.workingDirectory,
      env: options.env,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      windowsHide: true,
    });
    this.#process.on('error', () => this.#end());
    this.#process.on('exit', () => {
      this.#end();
      // What it has started goes with it.
      killGroup(this.#process.pid);
    });
    // A child that has ended takes nothing in; that it has ended is told to whoever waits.
    this.#process.stdin.on('error', () => undefined);
    readLines(this.#process.stdout, {
      take: (line) => this.#take(line),
      maxLine: options.maxLine,
      kill: (why) => this.kill(why),
    });
  }

  ask(method: 'load' | 'call', params: object): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new Error('The process ended.'));
        return;
      }
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#tell({ id, method, params });
    });
  }

  serve(answer: (ask: HostAsk) => Promise<unknown>): void {
    this.#answer = answer;
  }

  resources(): Resources | undefined {
    const { pid } = this.#process;
    return pid === undefined || this.#ended ? undefined : resourcesOf(pid);
  }

  kill(why: Killed = 'other'): void {
    const { exitCode, signalCode } = this.#process;
    // Its number may be another's by now.
    if (exitCode !== null || signalCode !== null) return;
    this.#killed ??= why;
    this.#end();
    killGroup(this.#process.pid);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get killed(): Killed | undefined {
    return this.#killed;
  }

  #end(): void {
    this.#ended = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('The process ended.'));
    this.#waiting.clear();
  }

  #tell(message: object): void {
    if (!this.#ended)
      this.#process.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #take(line: string): void {
    const { id, params, result, error } = Message.parse(JSON.parse(line));
    if (params !== undefined) {
      this.#answer(params).then(
        (value) => this.#tell({ id, result: value ?? null }),
        (failure: unknown) =>
          this.#tell({ id, error: { code: -32_000, message: textOf(failure) } }),
      );
      return;
    }
    const waiter = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    if (error === undefined) waiter?.resolve(result ?? 'null');
    else waiter?.reject(new ChildError(error.message));
  }
}

interface Reading {
  readonly take: (line: string) => void;
  readonly maxLine: number;
  readonly kill: (why: Killed) => void;
}

function readLines(stream: NodeJS.ReadableStream, { take, maxLine, kill }: Reading): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    try {
      if (rest.length > maxLine || lines.some(({ length }) => length > maxLine)) kill('limit-line');
      else lines.forEach(take);
    } catch {
      // It does not speak the protocol: something of the plugin's has got hold of its standard output.
      kill('other');
    }
  });
}

/** Node's permission model: files and children shut, the network open. It got its name in 22.13, 23.5 and 24. */
function flagsOf({ directory, program, memoryMb }: ChildOptions): readonly string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const named = major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  return [
    named ? '--permission' : '--experimental-permission',
    `--allow-fs-read=${directory}/*`,
    '--no-warnings',
    `--max-old-space-size=${memoryMb}`,
    program,
  ];
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : 'The host could not do it.';
}
