import type { HttpDoor, HttpOptions } from './mcp/http/serve-over-http.ts';
import type { McpServer, McpServerOptions } from './mcp/open-mcp-server.ts';
import type { StdioOptions } from './mcp/serve-over-stdio.ts';

/**
 * Opens the registry for MCP clients: they see the operations that the caller's roles allow, and every call goes through the
 * executor. Close it when done. What speaks MCP is loaded here, and not before.
 */
export async function openMcp(options: McpServerOptions): Promise<McpServer> {
  const { openMcpServer } = await import('./mcp/open-mcp-server.ts');
  return openMcpServer(options);
}

/** Serves one client over standard input and output until it closes its end, or `signal` ends it. */
export async function serveMcpOverStdio(mcp: McpServer, options: StdioOptions): Promise<void> {
  const { serveOverStdio } = await import('./mcp/serve-over-stdio.ts');
  await serveOverStdio(mcp, options);
}

/**
 * Serves clients over streamable HTTP, with a bearer token, under `/mcp`; on 127.0.0.1 unless told otherwise.
 *
 * @throws The operating system's error when it cannot listen there.
 */
export async function serveMcpOverHttp(mcp: McpServer, options: HttpOptions): Promise<HttpDoor> {
  const { serveOverHttp } = await import('./mcp/http/serve-over-http.ts');
  return await serveOverHttp(mcp, options);
}
