import { existsSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { openPlace, type Place, type Running } from '../../e2e/phasegate.ts';
import { BRIEF_FILE } from './answers.ts';

/** What a test changes in the configuration. */
export interface Settings {
  readonly structuredOutput?: string;
  /** Lines of the provider, instead of those of an OpenAI-compatible one. */
  readonly provider?: string;
  readonly maxTokens?: number;
  readonly requestTimeoutMs?: number;
  readonly fallback?: string;
}

/** A folder with a configuration that leads to a server, and the command in it. */
export interface ConfiguredPlace extends Place {
  readonly configure: (settings: Settings) => void;
  /** Runs the campaign on the thread `bread`, with a script's approval. */
  readonly campaign: (...more: readonly string[]) => Running;
  readonly hasOutput: () => boolean;
}

/** What the command prints with `--json`, as far as these tests read it. */
export const Result = z.object({
  status: z.string(),
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string(), retryable: z.boolean() })
    .optional(),
  reason: z.string().nullish(),
  usage: z.object({ calls: z.int(), costUsd: z.number() }).optional(),
  visits: z
    .array(
      z.object({
        phase: z.string(),
        variant: z.string().nullable(),
        fallback: z.unknown().optional(),
        usage: z.object({ calls: z.int() }),
      }),
    )
    .optional(),
  files: z.array(z.string()).optional(),
  fallbacks: z.array(z.unknown()).optional(),
});

export function openConfiguredPlace(baseUrl: string, settings: Settings = {}): ConfiguredPlace {
  const place = openPlace();
  const folder = join(place.directory, 'config');
  mkdirSync(folder);
  const configure = (changed: Settings): void =>
    writeFileSync(join(folder, 'llm.toml'), toml(baseUrl, changed));
  configure(settings);
  const words = [
    'run',
    'email-campaign',
    '--input',
    BRIEF_FILE,
    '--config',
    'config',
    '--model',
    'mill',
    '--thread',
    'bread',
    '--out',
    'output',
    '--approve-as',
    'test',
    '--json',
  ];
  return {
    ...place,
    configure,
    campaign: (...more) => place.start([...words, ...more], { MILL_API_KEY: 'key-1234' }),
    hasOutput: () => existsSync(join(place.directory, 'output')),
    [Symbol.dispose]: () => place[Symbol.dispose](),
  };
}

function toml(baseUrl: string, settings: Settings): string {
  const {
    structuredOutput = 'json_schema',
    maxTokens = 200_000,
    requestTimeoutMs = 30_000,
  } = settings;
  return `
${settings.fallback === undefined ? '' : `fallback = "${settings.fallback}"`}

[budget]
max_tokens = ${maxTokens}
max_cost_usd = 1.0

[request]
timeout_ms = ${requestTimeoutMs}

[providers.mill]
${settings.provider ?? `api = "openai-compatible"\nbase_url = "${baseUrl}/v1"`}
api_key = "\${MILL_API_KEY}"

[models.mill]
provider = "mill"
model = "small"
structured_output = "${structuredOutput}"
context_tokens = 30_000
max_output_tokens = 500

[models.mill.price]
input_usd_per_million_tokens = 2.0
output_usd_per_million_tokens = 8.0
priced_at = 2026-11-01
`;
}
