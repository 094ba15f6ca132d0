import { Buffer } from 'node:buffer';

import { pluginFrom } from '../../../../src/plugins/fixtures/plugin-from.ts';
import {
  createHost,
  type LoadedPlugin,
  type PluginHost,
  type PluginRuntime,
} from '../../../../src/plugins/index.ts';
import type { Attack } from './attack.ts';
import type { Surroundings } from './surroundings.ts';

/** What came of an attack, and every word that anyone could read of it. */
export interface Outcome {
  readonly output?: unknown;
  readonly code?: string;
  readonly limit?: unknown;
  readonly because?: string;
  readonly words: string;
}

/** Loads the attack as a plugin of its own, and calls it once. */
export async function runAttack(
  runtime: PluginRuntime,
  attack: Attack,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { code = '', permissions = {}, limits, files, input = null } = attack;
  const source =
    attack.module ?? `export default { async execute(operation, input, host) { ${code} } };`;
  const { manifest, ...rest } = pluginFrom(source.replaceAll('ORIGIN', surroundings.origin), {
    permissions,
    // The processor's time is what ends an attack, also on a machine that has little of it to give.
    limits: { cpuMs: 200, wallMs: 60_000, ...limits },
    ...(files === undefined ? {} : { files }),
  });
  const host = createHost({
    plugin: manifest.id,
    limits: manifest.limits,
    layers: [{ name: 'manifest', permissions }],
    services: surroundings.services,
    signal: new AbortController().signal,
  });
  const signal = AbortSignal.timeout(90_000);
  let loaded: LoadedPlugin | undefined;
  try {
    loaded = await runtime.load({ manifest, ...rest }, manifest.limits);
    const { output } = await loaded.execute({ operation: 'go', input, host, signal });
    return { output, words: JSON.stringify(output) };
  } catch (error) {
    return refusalOf(error);
  } finally {
    await loaded?.close().catch(() => undefined);
  }
}

/** A plugin that has done nothing wrong. */
export async function openBystander(
  runtime: PluginRuntime,
): Promise<{ answers(): Promise<boolean> }> {
  const plugin = pluginFrom('export default { execute: (operation, input) => input + 1 };', {
    version: '9.9.9',
    limits: { wallMs: 60_000 },
  });
  const loaded = await runtime.load(plugin, plugin.manifest.limits);
  const host: PluginHost = createHost({
    plugin: plugin.manifest.id,
    limits: plugin.manifest.limits,
    layers: [],
    services: {
      clock: { now: () => '', monotonicMs: () => 0 },
      logger: { info: () => undefined } as never,
      randomHex: () => '',
    },
    signal: new AbortController().signal,
  });
  return {
    answers: async () => {
      const signal = new AbortController().signal;
      const { output } = await loaded.execute({ operation: 'go', input: 41, host, signal });
      return output === 42;
    },
  };
}

function refusalOf(error: unknown): Outcome {
  if (!(error instanceof Error)) return { code: 'no error', words: String(error) };
  const { code, details, cause } = error as Error & {
    code?: string;
    details?: { limit?: unknown };
  };
  const because = cause instanceof Error ? cause.message : error.message;
  return {
    code: code ?? 'no code',
    limit: details?.limit,
    because,
    words: Buffer.from(`${error.message} ${JSON.stringify(details)} ${because}`).toString(),
  };
}
