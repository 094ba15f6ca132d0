import process from 'node:process';

import { InvalidConfigError } from './errors.ts';
import type { Problem } from './problem.ts';
import { secretOf, type Secret } from './secret.ts';
import type { Environment } from './toml/expand.ts';

/** Whether runs are traced to LangSmith, and where to. */
export type LangSmithSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly endpoint: string;
      readonly project: string;
      readonly apiKey: Secret<string>;
    };

const DEFAULT_ENDPOINT = 'https://api.smith.langchain.com';
/** The switches that LangChain itself reads; any of them turns tracing on. */
const SWITCHES = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
];

/**
 * Reads the variables of LangSmith: LANGSMITH_TRACING, LANGSMITH_API_KEY, LANGSMITH_ENDPOINT and LANGSMITH_PROJECT, or
 * the older names that begin with LANGCHAIN_.
 *
 * @throws {@link InvalidConfigError} for what LangSmith would ignore in silence, or throw on in the middle of a run.
 */
export function langsmithSettings(environment: Environment = process.env): LangSmithSettings {
  const enabled = SWITCHES.some((name) => environment[name] === 'true');
  const endpoint = read(environment, 'ENDPOINT') ?? {
    name: 'LANGSMITH_ENDPOINT',
    text: DEFAULT_ENDPOINT,
  };
  const key = read(environment, 'API_KEY');
  const problems = [...switchProblems(environment), ...modeProblems(environment)];
  if (enabled) problems.push(...addressProblems(environment, endpoint));
  if (enabled && key === undefined) problems.push(MISSING_KEY);
  if (problems.length > 0) throw new InvalidConfigError(problems);
  if (!enabled || key === undefined) return Object.freeze({ enabled: false });
  const project = read(environment, 'PROJECT') ?? read(environment, 'SESSION');
  return Object.freeze({
    enabled: true,
    endpoint: endpoint.text.replace(/\/+$/, ''),
    project: project?.text ?? 'default',
    apiKey: secretOf(() => key.text),
  });
}

interface Variable {
  readonly name: string;
  readonly text: string;
}

/** The variable as LangSmith reads it: the newer name first, empty counts as not set. */
function read(environment: Environment, suffix: string): Variable | undefined {
  for (const name of [`LANGSMITH_${suffix}`, `LANGCHAIN_${suffix}`]) {
    const text = environment[name]?.trim();
    if (text !== undefined && text !== '') return { name, text };
  }
  return undefined;
}

function switchProblems(environment: Environment): Problem[] {
  return SWITCHES.filter((name) => !['', 'true', 'false'].includes(environment[name] ?? '')).map(
    (name) => invalid(name, 'expected "true" or "false", in lower case.'),
  );
}

/** Looked at also while tracing is off, because LangSmith's client throws on these whenever a run is observed. */
function modeProblems(environment: Environment): Problem[] {
  const problems: Problem[] = [];
  const mode = read(environment, 'TRACING_MODE');
  if (mode !== undefined && mode.text.toLowerCase() !== 'langsmith') {
    problems.push(invalid(mode.name, 'expected "langsmith"; no other mode is supported.'));
  }
  const rate = read(environment, 'TRACING_SAMPLING_RATE');
  if (rate !== undefined && !(Number(rate.text) >= 0 && Number(rate.text) <= 1)) {
    problems.push(invalid(rate.name, 'expected a number from 0 to 1.'));
  }
  return problems;
}

function addressProblems(environment: Environment, endpoint: Variable): Problem[] {
  const problems: Problem[] = [];
  if (!isHttpUrl(endpoint.text)) {
    problems.push(invalid(endpoint.name, 'expected a URL that begins with http:// or https://.'));
  }
  if ((environment['LANGSMITH_RUNS_ENDPOINTS'] ?? '') !== '') {
    problems.push(
      invalid('LANGSMITH_RUNS_ENDPOINTS', 'not supported; set LANGSMITH_ENDPOINT instead.'),
    );
  }
  return problems;
}

function invalid(name: string, message: string): Problem {
  return {
    kind: 'invalid-value',
    place: { source: `environment variable ${name}` },
    path: '',
    message,
  };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const MISSING_KEY: Problem = {
  ...invalid(
    'LANGSMITH_API_KEY',
    'not set, although tracing is on. Set it, or turn LANGSMITH_TRACING off.',
  ),
  kind: 'missing-variable',
};
