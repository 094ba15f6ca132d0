// Fifty lines describe a workflow of your own: changes are sorted, release notes written, and each move is judged.
import assert from 'node:assert/strict';

import { defineAgent, defineCheck, defineGate } from 'phasegate';
import { definePhase, defineWorkflow, reviseOn } from 'phasegate';
import { z } from 'zod';

const Changes = z.strictObject({ changes: z.array(z.string()) });
const Sorted = z.strictObject({ breaking: z.array(z.string()), other: z.array(z.string()) });
const Notes = z.strictObject({ text: z.string() });

// An agent makes one typed artifact, out of the input and of what earlier phases made.
const sorter = defineAgent({
  id: 'sorter',
  input: Changes,
  artifact: Sorted,
  reads: {},
  simulated: ({ input: { changes } }) => ({
    breaking: changes.filter((change) => change.endsWith('!')),
    other: changes.filter((change) => !change.endsWith('!')),
  }),
});
const writer = defineAgent({
  id: 'writer',
  input: Changes,
  artifact: Notes,
  reads: { sort: Sorted },
  simulated: ({ artifacts: { sort }, revision }) => {
    const summary = `${sort.breaking.length} breaking, ${sort.other.length} other.`;
    return { text: revision === undefined ? summary : [summary, ...sort.breaking].join(' ') };
  },
});

// A check asks one question of the facts that its schema names.
const sorted = defineCheck({
  id: 'sort.something',
  reads: z.object({ artifacts: z.object({ sort: Sorted }) }),
  message: 'There are no changes.',
  remedy: 'Release when there are some.',
  evaluate: ({ artifacts: { sort } }) => sort.breaking.length + sort.other.length > 0,
});
const named = defineCheck({
  id: 'write.breaking',
  reads: z.object({ artifacts: z.object({ sort: Sorted, write: Notes }) }),
  message: 'The notes leave out a breaking change.',
  remedy: 'Name each of them.',
  evaluate: ({ artifacts: { sort, write } }) =>
    sort.breaking.every((change) => write.text.includes(change)),
});

// A gate stands on every way from one phase to the next. Notes that fall short go back to their writer.
const sortGate = defineGate({ checks: [sorted] });
const writeGate = defineGate({ checks: [reviseOn(named, 'write')] });
const sort = definePhase({ id: 'sort', agent: sorter });
const write = definePhase({ id: 'write', agent: writer, maxAttempts: 2 });
const transitions = [
  { from: 'sort', to: 'write', gate: sortGate },
  { from: 'write', to: 'completed', gate: writeGate },
] as const;
const notes = defineWorkflow({ id: 'notes', input: Changes, phases: [sort, write], transitions });

// What comes out is a LangGraph graph like any other.
const graph = notes.compile();
const end = await graph.invoke({ input: { changes: ['dark mode', 'drop Node 18!', 'typos'] } });

console.log(end.history.map(({ phase, attempt }) => `${phase} ${attempt}`).join(' -> '));
console.log(end.artifacts.write?.value.text);
assert.equal(end.run?.status, 'completed');
assert.equal(end.artifacts.write?.value.text, '1 breaking, 2 other. drop Node 18!');
