import { setTimeout as wait } from 'node:timers/promises';

import type { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain';
import { overrideFetchImplementation } from 'langsmith';

import { LONGEST_TIMER_MS, type Logger } from '../kernel/index.ts';
import { AnonymousClient } from './anonymous-client.ts';
import { createTracingTransport, taken } from './tracing-transport.ts';

const DEFAULT_REQUEST_TIMEOUT_MS = 2000;
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Whether runs are traced to LangSmith, and where to. */
export type TracingSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly endpoint: string;
      readonly project: string;
      readonly apiKey: { reveal(): string };
      /** Milliseconds for one request; 2,000 unless told. */
      readonly requestTimeoutMs?: number;
    };

/** Tracing of runs. */
export interface Tracing {
  /** For the `callbacks` of every invoke and stream; empty when tracing is off. */
  readonly callbacks: BaseCallbackHandler[];
  /** Waits until everything is delivered, at most `timeoutMs`; what is then left is dropped. Never throws. */
  flush(timeoutMs: number): Promise<void>;
}

/**
 * Traces runs to LangSmith without what they are about: ids, times, types and names of nodes only. Requests run in
 * the background, and a server that is slow or gone costs a run nothing.
 *
 * While tracing is on, every other LangSmith client of the process is kept from sending: LangChain adds one by itself
 * to any call without our callbacks when LANGSMITH_TRACING is set, and that one would send everything.
 */
export function createTracing(settings: TracingSettings, logger: Logger): Tracing {
  if (!settings.enabled) return Object.freeze({ callbacks: [], flush: () => Promise.resolve() });
  const transport = createTracingTransport(
    settings.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
    logger,
  );
  refuseOthers(logger);
  const client = new AnonymousClient({
    apiUrl: settings.endpoint,
    apiKey: settings.apiKey.reveal(),
    fetchImplementation: transport.fetch,
    callerOptions: { maxRetries: 0 },
    maxIngestMemoryBytes: MAX_WAITING_BYTES,
  });
  // No replicas: the tracer would otherwise take further destinations from the environment.
  const tracer = new LangChainTracer({ client, projectName: settings.project, replicas: [] });
  const deliver = async (): Promise<'delivered'> => {
    await awaitAllCallbacks();
    await client.flush();
    await client.awaitPendingTraceBatches();
    return 'delivered';
  };
  const flush = async (timeoutMs: number): Promise<void> => {
    const finished = new AbortController();
    const deadline = wait(Math.min(timeoutMs, LONGEST_TIMER_MS), 'late' as const, {
      signal: finished.signal,
    }).catch(() => 'delivered' as const);
    const outcome = await Promise.race([deliver().catch(() => 'late' as const), deadline]);
    finished.abort();
    if (outcome === 'delivered') return;
    transport.abandon();
    logger.warn('tracing-flush-cut', { timeoutMs });
  };
  return Object.freeze({ callbacks: [tracer], flush });
}

/** Answers for every LangSmith client that has no transport of its own, without sending anything. */
function refuseOthers(logger: Logger): void {
  let told = false;
  overrideFetchImplementation(() => {
    if (!told)
      logger.warn('tracing-refused', { reason: 'a LangSmith client that does not anonymise' });
    told = true;
    return Promise.resolve(taken());
  });
}
