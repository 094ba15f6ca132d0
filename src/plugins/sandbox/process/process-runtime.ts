import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Limits, PluginPackage, PluginRuntime } from '../../contract/index.ts';
import { CHILD_PROGRAM } from './child-program.ts';
import type { ChildOptions } from './child-process.ts';
import { ProcessPlugin } from './process-plugin.ts';

/** What child processes may have of their parent. */
export interface ProcessSettings {
  /** Variables that a plugin gets when its manifest names them under `env`; no others are passed on. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Characters of JSON around a value, and of a host call's arguments. */
const LINE_SLACK = 1024 * 1024;

/**
 * Opens the runtime for plugins that need Node: each in a process of its own, with Node's permission flags, an environment of
 * named variables, an empty working directory, and limits whose end is SIGKILL for the whole process group.
 *
 * It contains accidents: crashes, leaks, loops. It is no boundary against malicious code: Node's documentation says so of its
 * permission model, the network stays open, and the process runs as the same user. Processor time and memory are watched on
 * Linux; elsewhere the wall clock and the size of the JavaScript heap remain.
 *
 * The protocol is JSON-RPC of our own, a message a line: the transport of MCP's SDK passes on PATH, HOME and USER, starts no
 * process group that could be ended as a whole, and would have to be loaded by every child.
 */
export function createProcessRuntime({ env = {} }: ProcessSettings = {}): PluginRuntime {
  const open = new Set<ProcessPlugin>();
  return {
    tier: 'process',
    load: async (plugin, limits) => {
      const directory = await unpack(plugin);
      const loaded = new ProcessPlugin(plugin, {
        limits,
        entry: join(directory, 'plugin', plugin.manifest.entry),
        child: optionsOf(plugin, { directory, limits, env }),
        onClose: async () => {
          open.delete(loaded);
          await rm(directory, { recursive: true, force: true });
        },
      });
      open.add(loaded);
      await loaded.prepare();
      return loaded;
    },
    close: async () => {
      await Promise.allSettled([...open].map((plugin) => plugin.close()));
    },
  };
}

/** What was digested is what runs: the files are written anew, wherever they were read. */
async function unpack({ files }: PluginPackage): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'phasegate-plugin-')));
  await mkdir(join(directory, 'work'));
  await writeFile(join(directory, 'child.mjs'), CHILD_PROGRAM);
  // Files with the ending .js are ES modules here as everywhere in plugins.
  const all = new Map<string, Uint8Array | string>([
    ['package.json', '{"type":"module"}'],
    ...files,
  ]);
  for (const [path, bytes] of all) {
    const target = join(directory, 'plugin', path);
    // oxlint-disable-next-line no-await-in-loop
    await mkdir(dirname(target), { recursive: true });
    // oxlint-disable-next-line no-await-in-loop
    await writeFile(target, bytes);
  }
  return directory;
}

interface ChildNeeds {
  readonly directory: string;
  readonly limits: Limits;
  readonly env: Readonly<Record<string, string>>;
}

function optionsOf(
  { manifest: { permissions } }: PluginPackage,
  { directory, limits, env }: ChildNeeds,
): ChildOptions {
  const names = permissions.env?.names ?? [];
  return {
    directory,
    program: join(directory, 'child.mjs'),
    workingDirectory: join(directory, 'work'),
    env: Object.fromEntries(Object.entries(env).filter(([name]) => names.includes(name))),
    memoryMb: limits.memoryMb,
    maxLine: limits.outputKb * 1024 + LINE_SLACK,
  };
}
