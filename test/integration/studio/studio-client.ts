import { Client } from '@langchain/langgraph-sdk';
import { z } from 'zod';

import {
  PhaseRecord,
  Refusal,
  RunRecord,
  Approval,
  ArtifactRecord,
} from '../../../src/state/index.ts';

const Values = z.object({
  run: RunRecord.nullable(),
  artifacts: z.record(z.string(), ArtifactRecord),
  history: z.array(PhaseRecord),
  approvals: z.array(Approval),
  refusals: z.array(Refusal),
});

/** Where a thread stands, as a client of the server sees it. */
export interface Standing {
  readonly next: readonly string[];
  readonly status: string | undefined;
  readonly phases: readonly string[];
  readonly artifacts: Readonly<Record<string, unknown>>;
  readonly approvals: readonly Approval[];
  /** Values of the interrupts that wait. */
  readonly asked: readonly unknown[];
}

/** What a run's stream said. */
export interface Streamed {
  readonly events: readonly { readonly event: string; readonly data: unknown }[];
  /** The message of the error that ended it. */
  readonly error: string | undefined;
}

/** A client of one assistant, in the vocabulary of these tests. */
export class StudioClient {
  readonly sdk: Client;
  readonly assistant: string;

  constructor(url: string, assistant: string, headers: Readonly<Record<string, string>> = {}) {
    this.sdk = new Client({
      apiUrl: url,
      apiKey: null,
      defaultHeaders: headers,
      callerOptions: { maxRetries: 0 },
    });
    this.assistant = assistant;
  }

  async thread(): Promise<string> {
    const { thread_id: thread } = await this.sdk.threads.create();
    return thread;
  }

  /** Makes a thread that waits for the approval of a letter's plan. */
  async waiting(): Promise<string> {
    const thread = await this.thread();
    await this.run(thread, { input: { input: { text: 'to Ada with thanks' } } });
    return thread;
  }

  async run(thread: string, payload: Parameters<Client['runs']['stream']>[2]): Promise<Streamed> {
    const events: { event: string; data: unknown }[] = [];
    const stream = this.sdk.runs.stream(thread, this.assistant, payload);
    for await (const { event, data } of stream) events.push({ event, data });
    const failed = events.find(({ event }) => event === 'error');
    return { events, error: failed === undefined ? undefined : JSON.stringify(failed.data) };
  }

  async answer(thread: string, resume: unknown): Promise<Streamed> {
    return this.run(thread, { command: { resume } });
  }

  async standing(thread: string): Promise<Standing> {
    const state = await this.sdk.threads.getState(thread);
    const { run, artifacts, history, approvals } = Values.parse(state.values);
    return {
      next: state.next,
      status: run?.status,
      phases: history.map(({ phase }) => phase),
      artifacts: Object.fromEntries(
        Object.entries(artifacts).map(([phase, { value }]) => [phase, value]),
      ),
      approvals,
      asked: state.tasks.flatMap(({ interrupts }) => interrupts.map(({ value }) => value)),
    };
  }
}
