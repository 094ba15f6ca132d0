import process from 'node:process';

import {
  langsmithSettings,
  loadConfig,
  type Config,
  type LoadOptions,
} from '../../config/index.ts';
import { isPhasegateError } from '../../kernel/index.ts';
import { auditFindings } from './audit-findings.ts';
import { attempt, fine, type Finding } from './finding.ts';
import { storageFindings } from './storage-findings.ts';

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
  findings.push(...(await auditFindings(config.value)));
  return [...findings, ...modelFindings(config.value), tracing];
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
