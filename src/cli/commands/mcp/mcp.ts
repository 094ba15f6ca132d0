import type { AppPlugins } from '../../../app/index.ts';
import type { Caller, McpServer } from '../../../plugins/index.ts';
import type { Principal } from '../../../state/index.ts';
import { osUser } from '../../asking/principals.ts';
import {
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../../command-context.ts';
import { UsageError } from '../../errors.ts';

interface McpOptions extends SharedOptions {
  readonly http?: boolean;
  readonly port?: string;
  readonly host?: string;
  readonly allowHost?: readonly string[];
  readonly tokenFile?: string;
  readonly role?: readonly string[];
}

/** What clients of MCP may call is granted to this role, unless another one is named. */
const ROLE = 'mcp';

/** `phasegate mcp`: the registry's operations as tools of MCP. */
export const mcpCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('mcp')
      .summary('serve the operations of plugins over MCP')
      .description(
        'Serves the operations of active plugins as tools, on standard input and output, or over streamable HTTP with --http. A ' +
          `client sees what the role "${ROLE}" may call: nothing, until "plugins grant ${ROLE} ID OPERATION". Operations with side ` +
          'effects need a person’s consent to exactly their arguments ("plugins consent"). Over HTTP every request carries the ' +
          'bearer token of [mcp] token, of PHASEGATE_MCP_TOKEN, or of the file "mcp-token" of the data folder, which is made with ' +
          'mode 0600.',
      )
      .option('--http', 'serve streamable HTTP under /mcp')
      .option('--port <number>', 'port for --http; a free one unless told')
      .option('--host <address>', 'address for --http; 127.0.0.1 unless told')
      .option(
        '--allow-host <name:port>',
        'a name that this server is reached by besides, such as that of a proxy; may be given again',
        collect,
      )
      .option(
        '--token-file <path>',
        'take the bearer token from this file, which nobody else may read',
      )
      .option(
        '--role <role>',
        `serve what this role may call instead of "${ROLE}"; may be given again`,
        collect,
      );
    withSharedOptions(command).action(() => serve(command.opts<McpOptions>(), context));
  },
};

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

async function serve(options: McpOptions, context: CommandContext): Promise<void> {
  const { openPluginsAlone, pluginCaller, engineVersion } = await import('../../../app/index.ts');
  const { openMcp } = await import('../../../plugins/index.ts');
  const port = portFrom(options);
  const principal = principalOf(options);
  const plugins = await openPluginsAlone(loadOptionsFrom(options), [osUser(), principal]);
  try {
    const caller = pluginCaller(principal, [...(options.role ?? [ROLE])]);
    const { program } = context;
    const mcp = await openMcp({ plugins, caller, version: engineVersion(), program });
    try {
      await announceOffer(mcp, caller, context);
      await (port === undefined
        ? overStdio(mcp, context)
        : overHttp(mcp, { plugins, options, port }, context));
    } finally {
      await mcp[Symbol.asyncDispose]();
    }
  } finally {
    await plugins[Symbol.asyncDispose]();
  }
}

/** Who started a client on this machine stands behind it; of who holds a token nothing is known but that. */
function principalOf({ http }: McpOptions): Principal {
  return http === true
    ? { id: 'mcp', kind: 'script', roles: [], authenticated: true, source: 'script' }
    : osUser();
}

function portFrom({ http, port, host, tokenFile, allowHost }: McpOptions): number | undefined {
  if (http !== true) {
    const stray = { port, host, 'token-file': tokenFile, 'allow-host': allowHost };
    const [name] = Object.entries(stray).find(([, value]) => value !== undefined) ?? [];
    if (name === undefined) return undefined;
    throw new UsageError(`--${name} is of use with --http only.`, 'Add --http.');
  }
  if (port === undefined) return 0;
  if (/^\d{1,5}$/.test(port) && Number(port) < 65_536) return Number(port);
  throw new UsageError('The port is no number from 0 to 65535.', 'Give --port a number.');
}

/** Said on standard error: standard output belongs to the client. */
async function announceOffer(
  mcp: McpServer,
  { roles }: Caller,
  { terminal, program }: CommandContext,
): Promise<void> {
  const { visible } = await mcp.offer();
  const role = roles.join(', ');
  terminal.err(`Serving ${visible.length} operations to role ${role}.`);
  if (visible.length === 0)
    terminal.err(`  → ${program} plugins grant ${roles[0] ?? ROLE} ID OPERATION`);
}

async function overStdio(mcp: McpServer, { terminal, signal }: CommandContext): Promise<void> {
  const { serveMcpOverStdio } = await import('../../../plugins/index.ts');
  await serveMcpOverStdio(mcp, { input: terminal.input, output: terminal.output, signal });
}

interface HttpPlace {
  readonly plugins: AppPlugins;
  readonly options: McpOptions;
  readonly port: number;
}

async function overHttp(
  mcp: McpServer,
  { plugins, options, port }: HttpPlace,
  { terminal, signal }: CommandContext,
): Promise<void> {
  const { mcpTokenOf } = await import('../../../app/index.ts');
  const { serveMcpOverHttp } = await import('../../../plugins/index.ts');
  const { token, source, path } = await mcpTokenOf(plugins.config, options.tokenFile);
  const { host, allowHost } = options;
  const door = await serveMcpOverHttp(mcp, {
    token,
    port,
    ...(host === undefined ? {} : { host }),
    ...(allowHost === undefined ? {} : { alsoKnownAs: allowHost }),
  });
  try {
    const { url } = door;
    if (options.json === true) terminal.out(JSON.stringify({ url, token: { source, path } }));
    else {
      terminal.out(`Listening on ${url}`);
      terminal.out(source === 'file' ? `  token: ${path}` : '  token: from the configuration');
    }
    await stopped(signal);
  } finally {
    await door[Symbol.asyncDispose]();
  }
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
