import { z } from 'zod';

import { secretOf, type Secret } from '../secret.ts';

const MIN_TOKEN = 32;

/** The section `mcp`: what clients over HTTP show. */
export const McpSection = z.strictObject({
  token: z.string().refine((text) => text === '' || isToken(text), {
    error: `nothing, or a token of ${MIN_TOKEN} to 512 characters without spaces`,
  }),
});
export type McpSection = z.infer<typeof McpSection>;

/** How MCP is served. */
export interface McpSettings {
  /** The bearer token of clients over HTTP; undefined for one in a file. */
  readonly token: Secret<string> | undefined;
}

/** Gives what the section says. */
export function mcpSettingsOf({ token }: McpSection): McpSettings {
  return Object.freeze({ token: token === '' ? undefined : secretOf(() => token) });
}

/** Tells whether a text can be a bearer token: long enough not to be guessed, and of characters that a header holds. */
export function isToken(text: string): boolean {
  return /^[\w.~+/=-]{32,512}$/.test(text);
}
