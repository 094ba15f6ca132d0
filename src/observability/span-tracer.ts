import { BaseTracer, type Run } from '@langchain/core/tracers/base';
import { context, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';

import { programName } from './program-name.ts';

/** What LangChain calls the kinds of what runs. */
const RUN_TYPES = new Set(['chain', 'llm', 'tool', 'retriever', 'prompt', 'parser']);
const IDENTIFIER = /^[0-9a-f-]{1,64}$/i;

/** Makes spans of runs: their ids, times, types and names, and whether they failed. */
export class SpanTracer extends BaseTracer {
  override name = 'phasegate_spans';
  readonly #tracer: Tracer;
  readonly #open = new Map<string, Span>();

  constructor(tracer: Tracer) {
    super();
    this.#tracer = tracer;
  }

  protected override persistRun(): Promise<void> {
    return Promise.resolve();
  }

  override onRunCreate(run: Run): void {
    const parent = run.parent_run_id === undefined ? undefined : this.#open.get(run.parent_run_id);
    const above = parent === undefined ? context.active() : trace.setSpan(context.active(), parent);
    const options = {
      startTime: run.start_time ?? Date.now(),
      attributes: {
        'phasegate.run.id': IDENTIFIER.test(run.id) ? run.id : '',
        'phasegate.run.type': RUN_TYPES.has(run.run_type) ? run.run_type : 'other',
      },
    };
    this.#open.set(run.id, this.#tracer.startSpan(programName(run.name), options, above));
  }

  override onRunUpdate(run: Run): void {
    const span = this.#open.get(run.id);
    if (span === undefined || run.end_time === undefined) return;
    this.#open.delete(run.id);
    // Without the message, which may quote anything.
    if (run.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(run.end_time);
  }
}
