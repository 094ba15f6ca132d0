import { z } from 'zod';

import { frozenJson, isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import type { PluginHealth } from '../contract/index.ts';
import { PluginFailedError } from '../errors/index.ts';

const Health = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    detail: z.string().max(500).optional(),
  })
  .nullable();
const Problems = z.array(z.string().max(500)).max(100);

/** Gives the value of what a plugin answered in JSON. @throws {@link PluginFailedError} for reserved keys and deep nesting. */
export function outputOf(plugin: string, operation: string, value: unknown): JsonValue {
  try {
    return frozenJson(value, 'output');
  } catch (error) {
    if (isPhasegateError(error))
      throw new PluginFailedError(plugin, operation, {
        why: 'what it gave cannot be kept as JSON',
        cause: error,
      });
    throw error;
  }
}

/** Gives a plugin's health; one without a probe is healthy as long as it answers. */
export function healthOf(plugin: string, value: unknown): PluginHealth {
  const parsed = Health.safeParse(value ?? null);
  if (!parsed.success) throw misshapen(plugin, 'health', parsed.error);
  const { status = 'healthy', detail } = parsed.data ?? {};
  return detail === undefined ? { status } : { status, detail };
}

/** Gives what a plugin's `validate` found wrong. */
export function problemsOf(plugin: string, value: unknown): readonly string[] {
  const parsed = Problems.safeParse(value);
  if (!parsed.success) throw misshapen(plugin, 'validate', parsed.error);
  return parsed.data;
}

function misshapen(plugin: string, method: string, cause: z.ZodError): PluginFailedError {
  return new PluginFailedError(plugin, method, { why: 'its answer has another form', cause });
}
