import { tool } from '@langchain/core/tools';
import { MemorySaver } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { AuditEvent, AuditSink } from '../../audit/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { Model, ToolCall, ToolOffer, ToolResult } from '../../models/index.ts';
import { NO_USAGE } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import { compileWorkflow, defineAgent, definePhase, defineWorkflow } from '../index.ts';

const Brief = z.strictObject({ text: z.string() });
const ECHO = { type: 'object', properties: {}, additionalProperties: true } as const;
const MODEL_ID = 'kim@example.org';

const gate = defineGate({
  checks: [
    defineCheck({
      id: 'brief.text',
      reads: z.object({ input: Brief }),
      message: 'Empty.',
      remedy: 'Write.',
      evaluate: ({ input }) => input.text !== '',
    }),
  ],
});
type Asking = (offer: ToolOffer) => Promise<void>;

/** Runs one phase whose model asks for calls as `asking` says; keeps what was called and what was recorded. */
function phaseThat(asking: Asking, { refuses = () => false }: { refuses?: Refuses } = {}) {
  const events: AuditEvent[] = [];
  const seen: { readonly args: unknown; readonly before: number; readonly id: string }[] = [];
  const accesses = (): readonly AuditEvent[] => events.filter(({ kind }) => kind === 'access');
  const sink: AuditSink = {
    append: async (event) => {
      if (refuses(event)) throw new Error('no space left on device');
      const text = JSON.stringify(event);
      const known = events.findIndex((one) => JSON.stringify(one) === text);
      if (known < 0) events.push(event);
      return { chain: 'main/1', seq: known, hash: '', repeated: known >= 0 };
    },
  };
  const echo = tool(
    (args: unknown, config: { readonly toolCall?: { readonly id?: string } }) => {
      seen.push({ args, before: accesses().length, id: config.toolCall?.id ?? '' });
      return 'half a \ud83d';
    },
    { name: 'echo', description: 'Gives it back.', schema: ECHO },
  );
  const agent = defineAgent({
    id: 'asker',
    input: Brief,
    artifact: Brief,
    reads: {},
    simulated: async ({ input }, { tools }) => {
      await tools.call('test/echo', { q: '\ud800' });
      return input;
    },
    llm: async (_, { model, tools: { offered: tools } }) => {
      if (model === undefined) throw new Error('It needs a model.');
      return model.structured({ name: 'ask', schema: Brief, system: '', user: '', tools });
    },
  });
  echo.metadata = { entry: 'test/echo' };
  const model: Model = {
    id: 'tiny',
    budget: { maxTokens: 1000, maxCostUsd: 1 },
    structured: async ({ tools, schema }) => {
      if (tools !== undefined) await asking(tools);
      return { value: schema.parse({ text: 'a' }), usage: NO_USAGE, repairs: 0 };
    },
  };
  const workflow = defineWorkflow({
    id: 'asking',
    input: Brief,
    phases: [definePhase({ id: 'ask', agent })],
    transitions: [{ from: 'ask', to: 'completed', gate }],
  });
  const checkpointer = new MemorySaver();
  const config = { configurable: { thread_id: 't' } };
  const compiled = (variant: 'llm' | 'simulated') =>
    compileWorkflow(workflow, {
      checkpointer,
      sealKey: new Uint8Array(32).fill(7),
      audit: sink,
      model,
      agents: { ask: variant },
      tools: async () => [echo],
    });
  const run = async (variant: 'llm' | 'simulated' = 'llm'): Promise<string | undefined> =>
    (await compiled(variant).invoke({ input: { text: 'a' } }, config)).run?.status;
  const again = async (): Promise<string | undefined> =>
    (await compiled('llm').invoke(null, config)).run?.status;
  const outcomes = (): readonly string[] =>
    accesses().map(({ outcome, target }) => `${outcome} ${target}`);
  return { run, again, seen, accesses, outcomes, events };
}
type Refuses = (event: AuditEvent) => boolean;

const call = (args: ToolCall['args'], name = 'echo'): ToolCall => ({ id: MODEL_ID, name, args });
const deep = (depth: number): JsonValue => (depth === 0 ? [] : [deep(depth - 1)]);

describe('arguments that have no digest', () => {
  test.each([
    ['half a character', { q: '\ud800' }],
    ['a reserved key', JSON.parse('{"q":{"__proto__":{"a":1}}}') as ToolCall['args']],
    ['200 nested lists', { q: deep(200) }],
    ['a number out of range', JSON.parse('{"q":1e999}') as ToolCall['args']],
    ['no JSON object', undefined],
  ])('(%s) reach no tool: the model is told, and the refusal is recorded', async (_, args) => {
    const results: ToolResult[] = [];
    const phase = phaseThat(async ({ run }) => {
      results.push(...(await run([call(args)], NO_USAGE)));
    });
    expect(await phase.run()).toBe('completed');
    expect(phase.seen).toEqual([]);
    expect(results).toMatchObject([{ id: MODEL_ID, name: 'echo', failed: true }]);
    expect(results[0]?.content).toContain('TOOL_BAD_ARGUMENTS');
    expect(phase.outcomes()).toEqual(['refused echo']);
    expect(phase.accesses()[0]?.facts).toEqual({
      tool: true,
      code: 'TOOL_BAD_ARGUMENTS',
      calls: 1,
    });
  });

  test('are refused to an agent without a model as well', async () => {
    const phase = phaseThat(async () => undefined);
    expect(await phase.run('simulated')).toBe('completed');
    expect(phase.seen).toEqual([]);
    expect(phase.outcomes()).toEqual(['refused echo']);
  });
});

describe('every call is recorded', () => {
  test('before it is made and after, also when the model gives each the same id and arguments', async () => {
    const phase = phaseThat(async ({ run }) => {
      for (let round = 0; round < 5; round += 1) {
        // oxlint-disable-next-line no-await-in-loop -- rounds follow each other
        await run([call({ q: 'a' })], NO_USAGE);
      }
    });
    expect(await phase.run()).toBe('completed');
    expect(phase.seen.map(({ before }) => before)).toEqual([1, 3, 5, 7, 9]);
    expect(new Set(phase.seen.map(({ id }) => id)).size).toBe(5);
    expect(phase.outcomes()).toEqual(
      Array.from({ length: 5 }, () => ['pending echo', 'success echo']).flat(),
    );
    expect(new Set(phase.accesses().map(({ key }) => key)).size).toBe(10);
  });

  test('without anything that the model made up: its ids, and names of tools that there are not', async () => {
    const made = 'x'.repeat(60_000);
    const phase = phaseThat(async ({ run, refuse }) => {
      await run([call({ q: 'a' }), call({}, made)], NO_USAGE);
      await refuse?.([call({}, made), call({}, MODEL_ID)], 'TOOL_UNKNOWN');
      await refuse?.([call({})], 'TOOL_TOO_MANY');
    });
    expect(await phase.run()).toBe('completed');
    expect(phase.outcomes()).toEqual([
      'pending echo',
      'success echo',
      'refused tools',
      'refused tools',
      'refused echo',
    ]);
    expect(phase.accesses().map(({ facts }) => facts?.['calls'])).toEqual([
      undefined,
      undefined,
      1,
      2,
      1,
    ]);
    const text = decodeURIComponent(JSON.stringify(phase.events));
    expect(text).not.toContain(MODEL_ID);
    expect(text).not.toContain('xxx');
    expect(JSON.stringify(phase.seen)).not.toContain(MODEL_ID);
  });
});

describe('what cannot be recorded does not happen:', () => {
  test('the tool is not called while the trail takes nothing, and is once it does, under the same keys', async () => {
    let isMended = false;
    const tried: string[] = [];
    const refuses: Refuses = ({ kind, key }) => {
      if (kind === 'access') tried.push(key);
      return kind === 'access' && !isMended;
    };
    const phase = phaseThat(async ({ run }) => void (await run([call({ q: 'a' })], NO_USAGE)), {
      refuses,
    });
    await expect(phase.run()).rejects.toThrow('no space left');
    expect(phase.seen).toEqual([]);
    isMended = true;
    // Compiled anew, as after a crash.
    expect(await phase.again()).toBe('completed');
    expect(phase.seen).toHaveLength(1);
    expect(phase.outcomes()).toEqual(['pending echo', 'success echo']);
    expect(phase.accesses()[0]?.key).toBe(tried[0]);
  });

  test('what a tool gave is not used where that cannot be recorded, and that it was called is', async () => {
    let given = 0;
    const phase = phaseThat(
      async ({ run }) => {
        given += (await run([call({ q: 'a' })], NO_USAGE)).length;
      },
      { refuses: ({ kind, outcome }) => kind === 'access' && outcome === 'success' },
    );
    await expect(phase.run()).rejects.toThrow('no space left');
    expect(given).toBe(0);
    expect(new Set(phase.outcomes())).toEqual(new Set(['pending echo']));
  });
});
