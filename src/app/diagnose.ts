import { statfs } from 'node:fs/promises';
import process from 'node:process';

import { langsmithSettings, loadConfig, type Config, type LoadOptions } from '../config/index.ts';
import { isPhasegateError } from '../kernel/index.ts';
import { openEmbeddedStorage, type EmbeddedStorage } from '../storage/index.ts';

/** What was found in one place. A `note` is worth knowing and holds nothing up. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'note' | 'problem';
  readonly message: string;
  /** What to do; empty when nothing is to be done. */
  readonly remedy: string;
}

const LEAST_FREE_BYTES = 100 * 1024 * 1024;
const LEAST_NODE = [20, 19] as const;

/**
 * Examines everything that a run needs on this machine. Names of variables are told, their values never. The data folder
 * is created if it is missing, as the first run would.
 */
export async function diagnose(options: LoadOptions = {}): Promise<readonly Finding[]> {
  const findings = [nodeFinding(process.versions.node)];
  const tracing = tracingFinding(options);
  const config = await attempt('config', 'Configuration', () => loadConfig(options));
  if ('finding' in config) return [...findings, config.finding, tracing];
  findings.push(configFinding(config.value), ...(await storageFindings(config.value)));
  return [...findings, ...modelFindings(config.value), tracing];
}

type Attempt<Value> = { readonly value: Value } | { readonly finding: Finding };

/** Turns an error of ours into a finding; anything else is not ours to explain. */
async function attempt<Value>(
  id: string,
  title: string,
  work: () => Value | Promise<Value>,
): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return {
      finding: { id, title, status: 'problem', message: error.message, remedy: error.hint },
    };
  }
}

function fine(id: string, title: string, message: string): Finding {
  return { id, title, status: 'ok', message, remedy: '' };
}

/** Judges the version of Node, such as `20.19.0`. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  if (isEnough) return fine('node', 'Node', `${version} on ${process.platform}`);
  const remedy = `Install Node ${LEAST_NODE.join('.')} or later.`;
  return { id: 'node', title: 'Node', status: 'problem', message: `${version} is too old`, remedy };
}

function configFinding({ files, profile }: Config): Finding {
  return fine('config', 'Configuration', `${profile} profile, from ${files.join(', ')}`);
}

async function storageFindings(config: Config): Promise<readonly Finding[]> {
  const { dataDir } = config;
  const opened = await attempt('data', 'Data folder', () =>
    openEmbeddedStorage({ directory: dataDir, leaseMs: config.thread.leaseMs }),
  );
  if ('finding' in opened) return [opened.finding];
  await using storage = opened.value;
  const verified = await attempt('database', 'Database', () => storage.verify());
  return [
    fine('data', 'Data folder', `${dataDir} can be written`),
    'finding' in verified ? verified.finding : await databaseFinding(storage),
    await keyFinding(config, storage),
    await spaceFinding(dataDir),
  ];
}

async function databaseFinding(storage: EmbeddedStorage): Promise<Finding> {
  const threads = await storage.threads.list({ limit: 1000 });
  return fine('database', 'Database', `whole, ${threads.length} threads`);
}

async function keyFinding(config: Config, storage: EmbeddedStorage): Promise<Finding> {
  if (config.sealKey !== undefined)
    return fine('seal-key', 'Sealing key', 'from the configuration');
  const key = await attempt('seal-key', 'Sealing key', () => storage.sealKey());
  if ('finding' in key) return key.finding;
  return fine(
    'seal-key',
    'Sealing key',
    "the data folder's own (seal.key, readable by its owner only)",
  );
}

async function spaceFinding(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const message = `${Math.floor(free / 1024 / 1024).toLocaleString('en')} MiB free`;
  if (free >= LEAST_FREE_BYTES) return fine('space', 'Disk space', message);
  const remedy = 'Free some space, or name another --data-dir.';
  return { id: 'space', title: 'Disk space', status: 'problem', message, remedy };
}

/** A model that cannot be used yet holds up nobody who does not ask for it. */
function modelFindings({ models }: Config): readonly Finding[] {
  return models.names.map((name) => {
    const id = `model-${name}`;
    const title = `Model ${name}`;
    try {
      const { model, provider } = models.select(name);
      const key = provider.apiKey === undefined ? 'no key' : 'key set';
      return fine(id, title, `${model} at ${provider.baseUrl} (${key})`);
    } catch (error) {
      if (!isPhasegateError(error)) throw error;
      return { id, title, status: 'note', message: error.message, remedy: error.hint };
    }
  });
}

function tracingFinding({ environment }: LoadOptions): Finding {
  const [id, title] = ['tracing', 'LangSmith'];
  try {
    const settings = langsmithSettings(environment);
    if (!settings.enabled) return fine(id, title, 'tracing is off');
    return fine(
      id,
      title,
      `traces without content to ${settings.endpoint}, project "${settings.project}"`,
    );
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return { id, title, status: 'problem', message: error.message, remedy: error.hint };
  }
}
