import { Worker } from 'node:worker_threads';

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

/** Another way to run the same operation. */
export interface Peer extends AsyncDisposable {
  call(n: number): Promise<unknown>;
}

const WORKER = `require('node:worker_threads').parentPort.on('message', ({ id, input }) =>
  require('node:worker_threads').parentPort.postMessage({ id, output: { is: input.n + 1 } }));`;

/** Hardened JavaScript: the code has a compartment, and its thread no limits of memory or processor. */
const SES = `require('ses');
  lockdown();
  const execute = new Compartment({ __options__: true }).evaluate('(operation, input) => ({ is: input.n + 1 })');
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id, input }) => parentPort.postMessage({ id, output: execute('go', input) }));`;

/** A plain worker thread: no boundary for its code, one message there and one back. */
export function openWorker(): Peer {
  return talkTo(WORKER);
}

/** A worker thread whose code is in a compartment of SES. */
export function openSes(): Peer {
  return talkTo(SES);
}

function talkTo(program: string): Peer {
  const worker = new Worker(program, { eval: true });
  const waiting = new Map<number, (output: unknown) => void>();
  let next = 0;
  worker.on('message', ({ id, output }: { id: number; output: unknown }) => {
    waiting.get(id)?.(output);
    waiting.delete(id);
  });
  return {
    call: (n) =>
      new Promise((resolve) => {
        const id = next++;
        waiting.set(id, resolve);
        worker.postMessage({ id, input: { n } });
      }),
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  };
}

const SERVER = `
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
const server = new Server({ name: 'bench', version: '1.0.0' }, { capabilities: { tools: {} } });
server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({ content: [{ type: 'text', text: JSON.stringify({ is: params.arguments.n + 1 }) }] }));
await server.connect(new StdioServerTransport());`;

/** An MCP server in a process of its own, with the SDK on both sides. */
export async function openMcp(): Promise<Peer> {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const args = ['--input-type=module', '--eval', SERVER];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  return {
    call: async (n) => await client.callTool({ name: 'go', arguments: { n } }),
    [Symbol.asyncDispose]: async () => await client.close(),
  };
}
