// An agent with a chat model, here behind a small server of our own that speaks the API of OpenAI.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';

import {
  compileWorkflow,
  defineAgent,
  defineCheck,
  defineGate,
  definePhase,
  defineWorkflow,
} from 'phasegate';
import { createChatModel } from 'phasegate/models';
import { z } from 'zod';

const Message = z.strictObject({ text: z.string() });
const Triage = z.strictObject({ topic: z.enum(['order', 'return', 'other']), urgent: z.boolean() });

const triage = defineAgent({
  id: 'triage',
  input: Message,
  artifact: Triage,
  reads: {},
  // Both variants make the same artifact. This one runs in tests and wherever there is no model ...
  simulated: ({ input }): z.infer<typeof Triage> => ({
    topic: /send back|return/i.test(input.text) ? 'return' : 'other',
    urgent: /today|urgent/i.test(input.text),
  }),
  // ... and this one where there is: the answer is held against the schema before anything reads it.
  llm: ({ input }, { model }) => {
    if (model === undefined) throw new Error('compileWorkflow gives an llm variant its model.');
    return model.structured({
      name: 'triage',
      schema: Triage,
      system: 'Sort messages of customers by topic and urgency.',
      user: input.text,
    });
  },
});

const hasTopic = defineCheck({
  id: 'triage.topic',
  reads: z.object({ artifacts: z.object({ triage: Triage }) }),
  message: 'The topic is not known.',
  remedy: 'Let a person sort the message.',
  evaluate: ({ artifacts }) => artifacts.triage.topic !== 'other',
});

const workflow = defineWorkflow({
  id: 'triage',
  input: Message,
  phases: [definePhase({ id: 'triage', agent: triage })],
  transitions: [{ from: 'triage', to: 'completed', gate: defineGate({ checks: [hasTopic] }) }],
});

// Any OpenAI-compatible server will do: OpenAI, Azure, Ollama, vLLM. Ours errs the first time.
const answers = ['Certainly! It is a return.', '{"topic":"return","urgent":true}'];
const server = createServer((_request, response) => {
  const content = answers.shift();
  const message = { role: 'assistant', content };
  const usage = { prompt_tokens: 40, completion_tokens: 10, total_tokens: 50 };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id: '1', object: 'chat.completion', created: 0, choices, usage }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
assert.ok(address !== null && typeof address === 'object');

const model = createChatModel({
  provider: 'local',
  model: 'small',
  baseUrl: `http://127.0.0.1:${address.port}/v1`,
  apiKey: 'not needed here',
  structuredMethod: 'json_schema',
  timeoutMs: 10_000,
  price: { inputUsdPerMillion: 1, outputUsdPerMillion: 2 },
  // A call that could exceed the budget of a run is refused before it is made.
  budget: { maxTokens: 100_000, maxCostUsd: 0.5 },
});
const graph = compileWorkflow(workflow, { agents: 'llm', model });
const end = await graph.invoke({ input: { text: 'Can I send the lamp back? It is urgent.' } });
server.close();

const [visit] = end.history;
console.log(end.artifacts.triage?.value);
console.log(`${visit?.usage.calls} calls, ${visit?.usage.costUsd} US dollars`);
assert.deepEqual(end.artifacts.triage?.value, { topic: 'return', urgent: true });
// What did not fit was sent back once to be mended, and is counted.
assert.equal(visit?.usage.calls, 2);
