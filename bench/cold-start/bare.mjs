import { Annotation, END, MemorySaver, START, StateGraph } from '@langchain/langgraph';

import { Brief, listFor, Listing, PHASES } from './work.mjs';

const State = Annotation.Root({
  input: Annotation(),
  artifacts: Annotation({ reducer: (one, other) => ({ ...one, ...other }), default: () => ({}) }),
});
const graph = new StateGraph(State);
for (const phase of PHASES) {
  graph.addNode(phase, ({ input }) => {
    return { artifacts: { [phase]: Listing.parse(listFor(phase, Brief.parse(input))) } };
  });
}
for (const [index, phase] of [START, ...PHASES].entries())
  graph.addEdge(phase, PHASES[index] ?? END);
const compiled = graph.compile({ checkpointer: new MemorySaver() });
const config = { configurable: { thread_id: 'one' } };
const { artifacts } = await compiled.invoke({ input: { text: 'a short brief' } }, config);
process.exitCode = artifacts.write.items.length === 50 ? 0 : 1;
