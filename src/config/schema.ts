import { z } from 'zod';

import { readSealKey, SEAL_KEY_FORM } from './seal-key.ts';
import { AuditSection } from './sections/audit-settings.ts';
import { ComplianceSection } from './sections/compliance-settings.ts';
import { McpSection } from './sections/mcp-settings.ts';
import { PluginsSection } from './sections/plugin-settings.ts';
import { PolicySection } from './sections/policy-settings.ts';
import { RecordsSection } from './sections/records-settings.ts';
import { StorageSection } from './storage-settings.ts';

/**
 * How much the log says, in JSON lines; each level includes the ones after it. `notices` says what matters in sentences
 * instead.
 */
export const LOG_LEVELS = [
  'notices',
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
  'silent',
] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const DAY_MS = 86_400_000;
const milliseconds = (maximum: number): z.ZodInt => z.int().min(1).max(maximum);
const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
  error: 'a name of at most 64 lower-case letters, digits, dots, hyphens and underscores',
});

/** Everything; of `providers` and `models` the names only, because their entries have schemas of their own. */
export const SettingsFile = z.strictObject({
  profile: z.enum(['development', 'production']),
  data_dir: z.string().min(1).max(4096),
  log_level: z.enum(LOG_LEVELS),
  seal_key: z
    .string()
    .refine((text) => readSealKey(text) !== undefined, { error: SEAL_KEY_FORM })
    .optional(),
  storage: StorageSection,
  records: RecordsSection,
  audit: AuditSection,
  plugins: PluginsSection,
  policy: PolicySection,
  compliance: ComplianceSection,
  mcp: McpSection,
  parameters: z.record(name, z.record(z.string().min(1).max(100), z.json())),
  approval: z.strictObject({ valid_for_ms: milliseconds(365 * DAY_MS) }),
  phase: z.strictObject({ timeout_ms: milliseconds(DAY_MS) }),
  thread: z.strictObject({ lease_ms: milliseconds(DAY_MS).min(1000) }),
  tracing: z.strictObject({
    request_timeout_ms: milliseconds(60_000),
    flush_timeout_ms: milliseconds(60_000),
    otlp_endpoint: z.union([
      z.literal(''),
      z.url({
        protocol: /^https?$/,
        error: 'nothing, or a URL such as http://127.0.0.1:4318/v1/traces',
      }),
    ]),
    otlp_authorization: z.string(),
  }),
  fallback: z.enum(['none', 'simulated']),
  request: z.strictObject({
    timeout_ms: milliseconds(3_600_000),
    max_repairs: z.int().min(0).max(5),
  }),
  budget: z.strictObject({
    max_tokens: z.int().min(1),
    max_cost_usd: z.number().min(0),
  }),
  providers: z.record(name, z.unknown()),
  models: z.record(name, z.unknown()),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/** One entry of `providers`. */
export const ProviderEntry = z
  .strictObject({
    api: z.enum(['openai', 'azure', 'openai-compatible']),
    base_url: z.url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' }),
    api_key: z.string().optional(),
    api_version: z.string().min(1).optional(),
    prompt_data: z.enum(['allow', 'pseudonymise', 'deny']).optional(),
    prompt_data_types: z
      .array(z.string().regex(/^[A-Z][A-Z0-9_]{1,63}$/, { error: 'a type such as US_SSN' }))
      .min(1)
      .max(200)
      .readonly()
      .optional(),
  })
  .superRefine((entry, context) => {
    const demand = (key: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message });
    };
    if (/^\w+:\/\/[^/]*@/.test(entry.base_url)) {
      demand('base_url', 'a URL without a user or password; credentials belong into api_key');
    }
    if (entry.api !== 'openai-compatible' && (entry.api_key ?? '') === '') {
      demand('api_key', `a key, because the api is "${entry.api}"`);
    }
    if (entry.api !== 'azure' && entry.api_version !== undefined) {
      demand('api_version', 'no version, because only the api "azure" has one');
    }
  });
export type ProviderEntry = z.infer<typeof ProviderEntry>;

const usd = z.number().min(0).max(1_000_000);

/** One entry of `models`. */
export const ModelEntry = z
  .strictObject({
    provider: z.string().min(1),
    model: z.string().min(1).max(256),
    temperature: z.number().min(0).max(2).optional(),
    structured_output: z.enum(['json_schema', 'function_calling', 'json_mode']),
    context_tokens: z.int().min(1),
    max_output_tokens: z.int().min(1),
    price: z.strictObject({
      input_usd_per_million_tokens: usd,
      output_usd_per_million_tokens: usd,
      priced_at: z.iso.date({ error: 'a date such as 2026-01-31' }),
    }),
  })
  .superRefine((entry, context) => {
    if (entry.max_output_tokens < entry.context_tokens) return;
    const message = 'less than context_tokens, which holds question and answer';
    context.addIssue({ code: 'custom', path: ['max_output_tokens'], message });
  });
export type ModelEntry = z.infer<typeof ModelEntry>;
