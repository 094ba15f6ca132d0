import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

import type { PluginHost } from '../../../../contract/index.ts';
import { McpServerFailedError } from '../../../../errors/index.ts';
import type { McpServerPlace } from '../mount-file.ts';
import { connect, type Connection } from './connection.ts';
import type { Reaching } from './reaching.ts';

/** A program that speaks MCP. */
export interface StartedServer {
  readonly connection: Connection;
  /** Whether it was ended because it wrote more than a call may give. */
  overflowed(): boolean;
}

/** Room for what goes around an answer. */
const ENVELOPE_BYTES = 64 * 1024;
/** A program that is started from a package manager's cache takes its time. */
const START_MS = 15_000;

/** Starts the program of a server, with the variables that it was granted, and shakes hands. @throws PLUGINS_*. */
export async function startServer(
  { command, args, env }: Extract<McpServerPlace, { transport: 'stdio' }>,
  { id, limits, host }: Reaching & { readonly host: PluginHost },
): Promise<StartedServer> {
  const transport = new StdioClientTransport({
    command,
    args: [...args],
    env: await variables(env, host),
    // What it says there may hold anything, and nobody reads it.
    stderr: 'ignore',
    maxBufferSize: limits.outputKb * 1024 + ENVELOPE_BYTES,
  });
  let overflowed = false;
  // A handshake is not the call's affair: who comes next uses the same program.
  const start = {
    timeoutMs: Math.min(START_MS, limits.wallMs),
    signal: new AbortController().signal,
  };
  try {
    const connection = await connect(transport, start);
    const hear = transport.onerror;
    // The SDK has callbacks and no events.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    transport.onerror = (error) => {
      overflowed ||= /exceeded maximum size/.test(error.message);
      hear?.(error);
    };
    return { connection, overflowed: () => overflowed };
  } catch (error) {
    await transport.close();
    throw new McpServerFailedError(id, 'it did not start, or does not speak MCP', error);
  }
}

async function variables(
  names: readonly string[],
  host: PluginHost,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of names) {
    // Each is asked for under the plugin's permissions.
    // oxlint-disable-next-line no-await-in-loop
    const value = await host.env(name);
    if (value !== null) found[name] = value;
  }
  return found;
}
