import { setTimeout as wait } from 'node:timers/promises';

import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';

import { LONGEST_TIMER_MS, type Logger } from '../kernel/index.ts';
import type { Tracing } from './create-tracing.ts';

const DEFAULT_REQUEST_TIMEOUT_MS = 2_000;
const SCHEDULED_DELAY_MS = 1_000;
const MOST_WAITING = 4_096;

/** Where spans are sent by OTLP over HTTP; nowhere without an endpoint. */
export type OtlpSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      /** The whole URL, such as `http://127.0.0.1:4318/v1/traces`. */
      readonly endpoint: string;
      /** What the header `authorization` says, if the collector wants one. */
      readonly authorization?: { reveal(): string };
      /** Milliseconds for one request; 2,000 unless told. */
      readonly requestTimeoutMs?: number;
    };

/**
 * Traces runs to an OpenTelemetry collector by the same rule as LangSmith: ids, times, types, names that programs gave, and
 * whether something failed; nothing of what a run read, made or said. Requests run in the background, and a collector that
 * is slow or gone costs a run nothing.
 *
 * @see OpenTelemetry protocol 1.x (OTLP/HTTP, JSON)
 */
export async function openOtlpTracing(settings: OtlpSettings, logger: Logger): Promise<Tracing> {
  if (!settings.enabled) return Object.freeze({ callbacks: [], flush: () => Promise.resolve() });
  // Loaded where it is switched on: most runs are not traced.
  const [{ BasicTracerProvider, BatchSpanProcessor }, exporting, { resourceFromAttributes }, own] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('./span-tracer.ts'),
    ]);
  const { endpoint, authorization } = settings;
  const toldMs = settings.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
  const requestTimeoutMs = Math.min(toldMs, LONGEST_TIMER_MS);
  const exporter = new exporting.OTLPTraceExporter({
    url: endpoint,
    timeoutMillis: requestTimeoutMs,
    ...(authorization === undefined ? {} : { headers: { authorization: authorization.reveal() } }),
  });
  const processor = new BatchSpanProcessor(exporter, {
    exportTimeoutMillis: requestTimeoutMs,
    scheduledDelayMillis: SCHEDULED_DELAY_MS,
    maxQueueSize: MOST_WAITING,
  });
  const provider = new BasicTracerProvider({
    // Nothing of the process or its surroundings: its arguments may be somebody's words.
    resource: resourceFromAttributes({ 'service.name': 'phasegate' }),
    spanProcessors: [processor],
  });
  const tracer = new own.SpanTracer(provider.getTracer('phasegate'));
  const flush = async (timeoutMs: number): Promise<void> => {
    const over = new AbortController();
    const late = wait(Math.min(timeoutMs, LONGEST_TIMER_MS), 'late' as const, {
      signal: over.signal,
      ref: true,
    }).catch(() => 'delivered' as const);
    // LangChain tells of runs in the background.
    const delivered = awaitAllCallbacks()
      .then(async () => provider.forceFlush())
      .then(
        () => 'delivered' as const,
        () => 'failed' as const,
      );
    const outcome = await Promise.race([delivered, late]);
    over.abort();
    if (outcome !== 'delivered') logger.warn('tracing-flush-cut', { timeoutMs, status: outcome });
  };
  return Object.freeze({ callbacks: [tracer], flush });
}
