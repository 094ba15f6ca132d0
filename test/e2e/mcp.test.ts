import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { bin, openPlace, type Place } from './phasegate.ts';

/** Several processes one after another, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const DECIDE = 'phasegate_deadlines__decide';
const ORDER = { facts: { eventOn: '2026-05-02', rule: { days: 14, count: 'calendar' } } };

/** A registry whose role "mcp" may count days, and has a connector that it may not use yet. */
async function prepared(place: Place): Promise<void> {
  for (const words of [
    ['add', 'phasegate.deadlines', '--built-in'],
    ['enable', 'phasegate.deadlines'],
    ['grant', 'mcp', 'phasegate.deadlines', 'decide'],
  ]) {
    // One command after the other.
    // oxlint-disable-next-line no-await-in-loop
    expect(await place.run('plugins', ...words)).toMatchObject({ code: 0 });
  }
}

async function used(client: Client): Promise<void> {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([DECIDE]);
  expect(await client.callTool({ name: DECIDE, arguments: ORDER })).toMatchObject({
    structuredContent: { outcome: 'decided', dueOn: '2026-05-18' },
  });
  await expect(
    client.callTool({ name: 'phasegate_deadlines__explain', arguments: ORDER }),
  ).rejects.toThrow('Unknown tool.');
}

test('the built command serves a client on standard input and output', SLOW, async () => {
  using place = openPlace();
  await prepared(place);
  const client = new Client({ name: 'e2e', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, 'mcp'],
      cwd: place.directory,
      stderr: 'ignore',
    }),
  );
  try {
    await used(client);
  } finally {
    await client.close();
  }
  const { out } = await place.run('plugins', 'show', 'phasegate.deadlines');
  expect(out).toMatch(/calls\s+2, 0 failed, 1 refused before/);
});

test('what was asked before standard input ended is answered', SLOW, async () => {
  using place = openPlace();
  await prepared(place);
  const { child, ended } = place.follow(
    spawn(process.execPath, [bin, 'mcp'], { cwd: place.directory, stdio: 'pipe' }),
  );
  const initialize = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  };
  const lines = [
    { id: 1, method: 'initialize', params: initialize },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: DECIDE, arguments: ORDER } },
  ];
  for (const line of lines) child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...line })}\n`);
  child.stdin?.end();
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toContain('"dueOn":"2026-05-18"');
});

test('the built command serves a client over HTTP, with the token of its file', SLOW, async () => {
  using place = openPlace();
  await prepared(place);
  const running = place.start(['mcp', '--http', '--json']);
  let said = '';
  running.child.stdout?.on('data', (text: string) => (said += text));
  await running.says('"url"');
  const { url } = z.object({ url: z.url() }).parse(JSON.parse(said));
  const token = readFileSync(join(place.directory, '.phasegate', 'mcp-token'), 'utf8').trim();
  expect((await fetch(url, { method: 'POST' })).status).toBe(401);
  const client = new Client({ name: 'e2e', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  try {
    await used(client);
  } finally {
    await client.close();
  }
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(0);
});
