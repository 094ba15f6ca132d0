import { McpError } from '@modelcontextprotocol/sdk/types.js';

import type { PluginHost } from '../../../../contract/index.ts';
import {
  McpServerFailedError,
  PluginAbortedError,
  PluginCrashedError,
  PluginError,
  PluginLimitError,
} from '../../../../errors/index.ts';
import { guardOf } from '../../../../host/call-guard.ts';
import type { McpServerPlace } from '../mount-file.ts';
import { connect, type Connection } from './connection.ts';
import { HostTransport } from './host-transport.ts';
import type { Reaching } from './reaching.ts';
import { startServer, type StartedServer } from './start-server.ts';

/** The way to one server. Close it when done. */
export interface Reach {
  /**
   * Works on a connection, for one call.
   *
   * @throws PLUGINS_DENIED, PLUGINS_LIMIT, PLUGINS_CRASHED, PLUGINS_ABORTED, PLUGINS_MCP_SERVER_FAILED; the server's own words
   * are in none of them.
   */
  within<Value>(host: PluginHost, work: (connection: Connection) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** What the SDK says where a request took too long, and where the connection has ended. */
const TIMED_OUT = -32_001;
const CLOSED = -32_000;
/** How long a server that let a call run out of time may take to show that it lives. */
const PROOF_OF_LIFE_MS = 2000;

/** Opens the way to a server: a program that is started once, or an address that is asked anew for each call. */
export function openReach(place: McpServerPlace, reaching: Reaching): Reach {
  return place.transport === 'stdio' ? toProgram(place, reaching) : toAddress(place, reaching);
}

/** Over HTTP each call has a session of its own: it acts through the host of that call, and the list is compared every time. */
function toAddress(
  { url, secret }: Extract<McpServerPlace, { transport: 'http' }>,
  reaching: Reaching,
): Reach {
  return {
    within: async (host, work) => {
      const { signal } = guardOf(reaching.id, host);
      try {
        const transport = new HostTransport(host, { url, secret });
        const connection = await connect(transport, limitsOf(reaching, signal));
        try {
          return await work(connection);
        } finally {
          await connection.close();
        }
      } catch (error) {
        throw ownWords(error, reaching, { signal });
      }
    },
    close: async () => undefined,
  };
}

function toProgram(
  place: Extract<McpServerPlace, { transport: 'stdio' }>,
  reaching: Reaching,
): Reach {
  let started: Promise<StartedServer> | undefined;
  const server = async (host: PluginHost): Promise<StartedServer> => {
    const running = await started?.catch(() => undefined);
    if (running !== undefined && !running.connection.closed) return running;
    started = startServer(place, { ...reaching, host });
    return await started;
  };
  return {
    within: async (host, work) => {
      const { signal, demand } = guardOf(reaching.id, host);
      // Asked for each call: what was allowed when the program started may not be any more.
      demand({ permission: 'spawn', name: place.command });
      let running: StartedServer | undefined;
      try {
        running = await server(host);
        return await work(running.connection);
      } catch (error) {
        if (running !== undefined) endIfDead(running, error);
        throw ownWords(error, reaching, { signal, overflowed: running?.overflowed() });
      }
    },
    close: async () => {
      const running = await started?.catch(() => undefined);
      await running?.connection.close();
    },
  };
}

/** A program that hangs is ended, so that the next call finds a fresh one; one that only took long goes on. */
function endIfDead({ connection }: StartedServer, error: unknown): void {
  if (error instanceof PluginError || connection.closed) return;
  const look = async (): Promise<void> => {
    if (!(await connection.answers(PROOF_OF_LIFE_MS))) await connection.close();
  };
  // Nobody waits for it: the call has failed already, and the next one starts the program anew.
  look().catch(() => undefined);
}

function limitsOf(
  { limits }: Reaching,
  signal: AbortSignal,
): { readonly timeoutMs: number; readonly signal: AbortSignal } {
  return { timeoutMs: limits.wallMs, signal };
}

interface Ending {
  readonly signal: AbortSignal;
  readonly overflowed?: boolean | undefined;
}

/** What the server or the SDK says of a failure is not repeated: it may hold anything. */
function ownWords(
  error: unknown,
  { id, limits }: Reaching,
  { signal, overflowed }: Ending,
): unknown {
  if (error instanceof PluginError) return error;
  if (overflowed === true) return new PluginLimitError(id, 'outputKb', limits.outputKb);
  if (signal.aborted) return new PluginAbortedError(id, 'tools/call', error);
  if (error instanceof McpError) {
    const code: number = error.code;
    if (code === TIMED_OUT) return new PluginLimitError(id, 'wallMs', limits.wallMs);
    if (code === CLOSED) return new PluginCrashedError(id, 'tools/call', { cause: error });
    return new McpServerFailedError(id, `it answered with the error ${error.code}`, error);
  }
  return new McpServerFailedError(id, 'what it sent is no answer', error);
}
