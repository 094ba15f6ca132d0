import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { silentLogger, systemClock, type JsonValue } from '../../../../kernel/index.ts';
import { grantRole } from '../../../access/operator-orders.ts';
import type { Permissions, PluginHost, PluginRuntime } from '../../../contract/index.ts';
import {
  OPERATOR,
  openTestPlugins,
  ORDER,
  USER,
  type TestPlugins,
} from '../../../fixtures/test-plugins.ts';
import { createHost } from '../../../host/index.ts';
import { enablePlugin } from '../../../lifecycle/activation.ts';
import { addPlugin } from '../../../registry/admission.ts';
import { createIsolatedRuntime } from '../../../sandbox/index.ts';
import { openHttpToolServer, type HttpToolServer } from './fixtures/http-tools.ts';
import type { McpServerPlace } from './mount-file.ts';
import { mountedFindings, mountPackage, permissionsFor, readMcpTools } from './mount-package.ts';

const SERVER = join(import.meta.dirname, 'fixtures/tool-server.mjs');
const ID = 'acme.tools';

let isolated: PluginRuntime;
let opened: TestPlugins | undefined;
beforeAll(() => {
  isolated = createIsolatedRuntime();
});
afterAll(() => isolated.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

const program = (behaviour = 'good', env: readonly string[] = []): McpServerPlace => ({
  transport: 'stdio',
  command: 'node',
  args: [SERVER, behaviour],
  env,
});

function hostFor(permissions: Permissions, privateHosts: readonly string[] = []): PluginHost {
  return createHost({
    plugin: ID,
    limits: { wallMs: 20_000, cpuMs: 1000, memoryMb: 32, hostCalls: 100, outputKb: 1024 },
    layers: [{ name: 'policy', permissions }],
    services: { clock: systemClock, logger: silentLogger, randomHex: () => '', privateHosts },
    signal: new AbortController().signal,
  });
}

interface Mounting {
  readonly pinned?: McpServerPlace;
  readonly policy?: Permissions;
  readonly privateHosts?: readonly string[];
  readonly wallMs?: number;
}

/** Pins the tools of `pinned`, mounts `server` with them, and lets clerks call all of it. */
async function mounted(server: McpServerPlace, options: Mounting = {}): Promise<TestPlugins> {
  const { pinned = server, privateHosts = [], wallMs } = options;
  const permissions = permissionsFor(server);
  const { policy = permissions } = options;
  const host = hostFor(permissionsFor(pinned), privateHosts);
  const tools = await readMcpTools(pinned, { id: ID, host, wallMs: 20_000 });
  const names = tools.map(({ name }) => name);
  const made = mountPackage({ id: ID, version: '1.0.0', server, tools, reads: names, wallMs });
  const registry = await openTestPlugins({
    isolated,
    policy,
    services: {
      privateHosts,
      env: (name) => (name === 'SHOP_KEY' ? 'value' : undefined),
      secret: async () => 'token-of-the-shop',
    },
  });
  opened = registry;
  const { parts } = registry.plugins;
  const order = { caller: OPERATOR, source: 'mcp', tier: 'trusted' } as const;
  const { digest } = await addPlugin(parts, made.plugin, order);
  await enablePlugin(parts, digest, ORDER);
  const rights = { caller: OPERATOR, role: 'clerk', plugin: ID, operation: '*' };
  await grantRole(parts, { ...rights, permissions });
  return registry;
}

async function call(
  { plugins }: TestPlugins,
  operation: string,
  input: JsonValue = {},
): Promise<JsonValue> {
  const order = { plugin: ID, operation, input, caller: USER };
  return (await plugins.executor.execute(order)).output;
}

const coded = (code: string): object => expect.objectContaining({ code });
const CHANGED = coded('PLUGINS_MCP_TOOL_CHANGED');

describe('a program that is mounted', () => {
  test('answers as operations with its schemas, structured where it promises that', async () => {
    const at = await mounted(program());
    expect(await call(at, 'add-numbers', { a: 2, b: 3 })).toEqual({
      text: '5',
      failed: false,
      structured: { sum: 5 },
      omitted: [],
    });
    await expect(call(at, 'add-numbers', { a: 'two', b: 3 })).rejects.toEqual(
      coded('PLUGINS_SCHEMA_MISMATCH'),
    );
    expect(await call(at, 'echo', { fail: true })).toMatchObject({
      text: 'It failed.',
      failed: true,
    });
  });

  test('gets the variables that it was granted, and none of ours', async () => {
    const at = await mounted(program('good', ['SHOP_KEY']));
    const { text } = (await call(at, 'env')) as { text: string };
    expect(text.split(' ')).toContain('SHOP_KEY');
    expect(text).not.toMatch(/VITEST|npm_/);
  });

  test('is not started where the policy does not name it', async () => {
    const at = await mounted(program(), { policy: { time: true } });
    await expect(call(at, 'echo')).rejects.toEqual(coded('PLUGINS_DENIED'));
  });

  test('a rug pull: the tool that changed is refused and named, the others go on', async () => {
    const at = await mounted(program('rug-pull'));
    expect(await call(at, 'add-numbers', { a: 1, b: 1 })).toMatchObject({ text: '2' });
    await call(at, 'echo', { pull: true });
    const refused = call(at, 'add-numbers', { a: 1, b: 1 });
    await expect(refused).rejects.toEqual(CHANGED);
    await expect(refused).rejects.toThrow('"add-numbers"');
    await expect(refused).rejects.toThrow('another description');
    expect(await call(at, 'echo', { text: 'still here' })).toMatchObject({ text: 'still here' });
  });

  test('a tool that was renamed is refused, and the new name is no operation', async () => {
    const at = await mounted(program('renamed'), { pinned: program() });
    await expect(call(at, 'env')).rejects.toEqual(CHANGED);
    await expect(call(at, 'env_two')).rejects.toEqual(coded('PLUGINS_UNKNOWN_OPERATION'));
    expect(await call(at, 'echo', { text: 'x' })).toMatchObject({ text: 'x' });
  });

  test('a tool that was added is no operation', async () => {
    const at = await mounted(program('added'), { pinned: program() });
    await expect(call(at, 'extra')).rejects.toEqual(coded('PLUGINS_UNKNOWN_OPERATION'));
    expect(await call(at, 'echo', { text: 'x' })).toMatchObject({ text: 'x' });
  });

  test.each([
    ['dies in the middle of a call', { die: true }, 'PLUGINS_CRASHED'],
    ['hangs', { hang: true }, 'PLUGINS_LIMIT'],
    ['blocks and answers nobody', { block: true }, 'PLUGINS_LIMIT'],
    ['writes more than an answer may hold', { huge: 8_000_000 }, 'PLUGINS_LIMIT'],
    ['answers with nonsense', { nonsense: true }, 'PLUGINS_MCP_SERVER_FAILED'],
  ])('one that %s fails that call, and answers the next one', async (_what, input, code) => {
    const at = await mounted(program(), { wallMs: 3000 });
    await expect(call(at, 'echo', input)).rejects.toEqual(coded(code));
    await expect
      .poll(async () => await call(at, 'echo', { text: 'again' }).catch(() => undefined), {
        timeout: 120_000,
      })
      .toMatchObject({ text: 'again' });
  });

  test('garbage between messages is passed over', async () => {
    const at = await mounted(program());
    expect(await call(at, 'echo', { garbage: true, text: 'fine' })).toMatchObject({ text: 'fine' });
  });

  test('a cancelled call ends, and the server goes on', async () => {
    const at = await mounted(program());
    await call(at, 'echo', { text: 'started' });
    const controller = new AbortController();
    const running = at.plugins.executor.execute({
      plugin: ID,
      operation: 'echo',
      input: { hang: true },
      caller: USER,
      signal: controller.signal,
    });
    controller.abort(new Error('enough'));
    await expect(running).rejects.toEqual(coded('PLUGINS_ABORTED'));
    expect(await call(at, 'echo', { text: 'on' })).toMatchObject({ text: 'on' });
  });

  test('one that never speaks, or only noise, is not mounted', async () => {
    for (const behaviour of ['silent', 'noise']) {
      const place = program(behaviour);
      const host = hostFor(permissionsFor(place));
      // oxlint-disable-next-line no-await-in-loop
      await expect(readMcpTools(place, { id: ID, host, wallMs: 1000 })).rejects.toEqual(
        coded('PLUGINS_MCP_SERVER_FAILED'),
      );
    }
  });
});

describe('what a tool says of itself', () => {
  const made = async (behaviour: string): Promise<ReturnType<typeof mountPackage>> => {
    const server = program(behaviour);
    const host = hostFor(permissionsFor(server));
    const tools = await readMcpTools(server, { id: ID, host, wallMs: 20_000 });
    return mountPackage({ id: ID, version: '1.0.0', server, tools, reads: [] });
  };

  test('with characters that are not seen leaves it out', async () => {
    const { plugin, concerns } = await made('hidden');
    expect(concerns).toEqual([{ tool: 'sly', rule: 'mcp.hidden-text', refuses: true }]);
    const names = plugin.manifest.contributes.operations.map(({ name }) => name);
    expect(names).toEqual(['add-numbers', 'echo', 'env']);
  });

  test('that speaks to the model is a finding', async () => {
    const { plugin } = await made('commanding');
    expect(mountedFindings(plugin)).toMatchObject([{ rule: 'mcp.instructions', severity: 'high' }]);
  });

  test('of having no effects counts for nothing unless the operator says so too', async () => {
    const { plugin } = await made('good');
    expect(plugin.manifest.contributes.operations.every(({ sideEffects }) => sideEffects)).toBe(
      true,
    );
  });
});

describe('an address that is mounted', () => {
  let server: HttpToolServer;
  const at = async (more: Mounting = {}): Promise<TestPlugins> => {
    const place: McpServerPlace = { transport: 'http', url: server.url, secret: 'shop' };
    return await mounted(place, {
      pinned: { transport: 'http', url: server.url },
      privateHosts: [server.host],
      ...more,
    });
  };
  beforeAll(async () => {
    server = await openHttpToolServer();
  });
  afterAll(async () => await server[Symbol.asyncDispose]());
  afterEach(() => server.behave('good'));

  test.each(['good', 'json'] as const)('answers by %s, in a session that is ended', async (how) => {
    const mountedAt = await at();
    server.behave(how);
    server.seen.length = 0;
    expect(await call(mountedAt, 'weather')).toMatchObject({ text: 'Rain.' });
    expect(server.seen.map(({ method }) => method)).toEqual([
      'POST',
      'POST',
      'POST',
      'POST',
      'DELETE',
    ]);
    expect(new Set(server.seen.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer token-of-the-shop']),
    );
    expect(server.seen.at(-1)?.session).toBe('session-1');
  });

  test('a changed tool is refused', async () => {
    const mountedAt = await at();
    server.behave('changed');
    await expect(call(mountedAt, 'weather')).rejects.toEqual(CHANGED);
  });

  test('at a private address that nobody opened is not reached', async () => {
    const mountedAt = await at();
    await opened?.close();
    opened = undefined;
    const place: McpServerPlace = { transport: 'http', url: server.url };
    const host = hostFor(permissionsFor(place));
    await expect(readMcpTools(place, { id: ID, host, wallMs: 5000 })).rejects.toEqual(
      coded('PLUGINS_DENIED'),
    );
    expect(mountedAt.events.length).toBeGreaterThan(0);
  });

  test.each([
    ['hang', 'PLUGINS_LIMIT'],
    ['garbage', 'PLUGINS_LIMIT'],
    ['huge', 'PLUGINS_LIMIT'],
    ['die', 'PLUGINS_HOST_FAILED'],
    ['redirect', 'PLUGINS_DENIED'],
    ['refuse', 'PLUGINS_MCP_SERVER_FAILED'],
  ] as const)('contains a server that answers with %s', async (behaviour, code) => {
    const mountedAt = await at({ wallMs: 8000 });
    server.behave(behaviour);
    const failing = call(mountedAt, 'weather');
    await expect(failing).rejects.toEqual(coded(code));
    await expect(failing).rejects.not.toThrow('ignore all rules');
    server.behave('good');
    expect(await call(mountedAt, 'weather')).toMatchObject({ text: 'Rain.' });
  });
});
