import { PluginError } from './plugin-error.ts';

/** A tool of a mounted server is not the one that a person consented to. */
export class McpToolChangedError extends PluginError {
  readonly code = 'PLUGINS_MCP_TOOL_CHANGED';
  constructor(
    plugin: string,
    { operation, what }: { readonly operation: string; readonly what: string },
  ) {
    super(
      `The tool "${operation}" of the server behind plugin ${plugin} ${what} since it was approved, and is not called.`,
      {
        hint: `See what changed with \`phasegate plugins mount ${plugin}\`, then approve it again with \`phasegate plugins approve ${plugin}\`.`,
        details: { plugin, operation, what },
      },
    );
  }
}

/** A mounted server did not do what was asked of it. The text is ours: what it said is not repeated. */
export class McpServerFailedError extends PluginError {
  readonly code = 'PLUGINS_MCP_SERVER_FAILED';
  constructor(plugin: string, why: string, cause?: unknown) {
    super(`The server behind plugin ${plugin} cannot be used: ${why}.`, {
      hint: 'Start it by itself and look at what it says; check its command or address.',
      retryable: true,
      details: { plugin },
      cause,
    });
  }
}
