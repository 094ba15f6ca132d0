import { randomBytes } from 'node:crypto';
import { link, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isToken, type Config } from '../../../config/index.ts';
import { UnusableTokenError } from '../errors.ts';
import { makeDataFolder } from '../../files/make-data-folder.ts';

/** The bearer token of clients over HTTP, and where whoever sets one up finds it. */
export interface McpToken {
  readonly token: string;
  readonly source: 'configuration' | 'file';
  /** The file; empty for a token of the configuration. */
  readonly path: string;
}

const NAME = 'mcp-token';
const TOKEN_BYTES = 32;

/**
 * Gives the token: of the configuration, or of a file that nobody else may read. The data folder's own file is made when it is
 * not there.
 *
 * @param tokenFile - A file to use instead of what is configured.
 * @throws {@link UnusableTokenError}.
 */
export async function mcpTokenOf(
  { dataDir, mcp }: Pick<Config, 'dataDir' | 'mcp'>,
  tokenFile?: string,
): Promise<McpToken> {
  if (tokenFile !== undefined) return await fromFile(tokenFile);
  if (mcp.token !== undefined)
    return { token: mcp.token.reveal(), source: 'configuration', path: '' };
  const path = join(dataDir, NAME);
  makeDataFolder(dataDir);
  await created(path);
  return await fromFile(path);
}

/** Makes the file unless it is there; of two processes that begin at once, one makes it, and the other finds it whole. */
async function created(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const text = `${randomBytes(TOKEN_BYTES).toString('hex')}\n`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function fromFile(path: string): Promise<McpToken> {
  const token = (await soundText(path)).trim();
  if (!isToken(token))
    throw new UnusableTokenError(path, 'it holds no token of at least 32 characters');
  return { token, source: 'file', path };
}

async function soundText(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { mode } = await file.stat();
    // Windows keeps who may read a file elsewhere.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new UnusableTokenError(path, 'others than its owner may read or write it');
    return await file.readFile('utf8');
  } catch (error) {
    if (error instanceof UnusableTokenError) throw error;
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    throw new UnusableTokenError(path, isThere ? 'it cannot be read' : 'it is not there', error);
  }
}
