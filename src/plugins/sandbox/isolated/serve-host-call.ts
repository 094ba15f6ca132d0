import { isPhasegateError } from '../../../kernel/index.ts';
import type { PluginHost } from '../../contract/index.ts';
import { PluginError } from '../../errors/index.ts';
import type { HostRequestMessage, WorkerOrder } from './messages.ts';

/**
 * Does what an instance asks of its host, and gives the reply.
 *
 * @param failed - Told what the host refused or could not do.
 */
export async function serveHostCall(
  { key, host }: { readonly key: string; readonly host: PluginHost },
  { call, name, arguments: json }: HostRequestMessage,
  failed: (error: PluginError) => void,
): Promise<WorkerOrder> {
  const base = { kind: 'reply', key, call } as const;
  try {
    // The contract's types end here: the host parses what a plugin hands it.
    const run = host[name] as (...args: readonly unknown[]) => Promise<unknown>;
    const value = await run(...(JSON.parse(json) as readonly unknown[]));
    return { ...base, ok: true, text: JSON.stringify(value ?? null) };
  } catch (error) {
    if (error instanceof PluginError) failed(error);
    // Only our own errors are known to hold no secret.
    const text = isPhasegateError(error)
      ? `${error.code}: ${error.message}`
      : 'PLUGINS_HOST_FAILED: The host could not do it.';
    return { ...base, ok: false, text };
  }
}
