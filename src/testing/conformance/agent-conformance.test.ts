import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { defineAgent, type Agent, type AgentDefinition } from '../../workflow/index.ts';
import { agentTask } from '../agent-context.ts';
import { NotConformingError } from '../errors.ts';
import type { AgentCase } from './agent-case.ts';
import { agentConformance } from './agent-conformance.ts';

const Brief = z.object({ words: z.array(z.string()) });
type Brief = z.infer<typeof Brief>;
const Notes = z.strictObject({ title: z.string().min(1), count: z.int() });
type Notes = z.infer<typeof Notes>;
type Reads = Readonly<Record<string, never>>;
type Case = AgentCase<Brief, Reads, Notes>;

const GOOD: AgentDefinition<Brief, Reads, Notes> = {
  id: 'notes',
  input: Brief,
  artifact: Notes,
  reads: {},
  simulated: ({ input }) => ({ title: input.words.join(' '), count: input.words.length }),
  llm: async ({ input }, context) => {
    const request = { name: 'notes', schema: Notes, system: 'Note.', user: input.words.join(' ') };
    const answer = await context.model?.structured(request);
    return answer ?? { title: 'none', count: 0 };
  },
};

const CASES: readonly Case[] = [
  {
    name: 'two words',
    task: agentTask({ input: { words: ['spring', 'sale'] }, artifacts: {} }),
    llm: [{ expect: 'spring sale', value: { title: 'Spring sale', count: 2 } }],
  },
  { name: 'one word', task: agentTask({ input: { words: ['hello'] }, artifacts: {} }) },
];

/** The names of the checks that fail. */
async function failures(
  changes: Partial<AgentDefinition<Brief, Reads, Notes>> = {},
  cases = CASES,
  agent: Agent<Brief, Reads, Notes> = defineAgent({ ...GOOD, ...changes }),
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of agentConformance(agent, cases)) {
    // oxlint-disable-next-line no-await-in-loop -- in their order
    await run().catch((error: unknown) => {
      failed.push(error instanceof NotConformingError ? name : String(error));
    });
  }
  return failed;
}

describe('an agent that keeps its contract', () => {
  test.each(agentConformance(defineAgent(GOOD), CASES))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  test('may do without an llm variant', async () => {
    const { llm: _llm, ...simulatedOnly } = GOOD;
    const cases = CASES.map(({ name, task }) => ({ name, task }));
    await expect(failures({}, cases, defineAgent(simulatedOnly))).resolves.toEqual([]);
  });

  test('may ask a person, who decides the same in each run', async () => {
    const asking = {
      simulated: (task, context) => {
        const subject: Notes = { title: task.input.words.join(' '), count: 1 };
        return context.decide({ action: 'approve', description: '', subject, schema: Notes })
          .subject;
      },
      llm: GOOD.simulated,
    } satisfies Partial<typeof GOOD>;
    const { llm: _llm, ...definition } = { ...GOOD, ...asking };
    const cases = CASES.map(({ name, task }, index) => ({
      name,
      task,
      decisions: [{ kind: 'edited' as const, subject: { title: 'Mine', count: index } }],
    }));
    await expect(failures({}, cases, defineAgent(definition))).resolves.toEqual([]);
  });
});

describe('an agent that breaks its contract is caught', () => {
  let calls = 0;
  const bytes = 'simulated: the same task gives the same bytes';

  test.each<[string, Partial<typeof GOOD>, readonly string[]]>([
    [
      'when it counts its calls',
      { simulated: ({ input }) => ({ title: input.words.join(' '), count: (calls += 1) }) },
      [`two words, ${bytes}`, `one word, ${bytes}`],
    ],
    [
      'when it looks at the machine’s clock',
      { simulated: ({ input }) => ({ title: `${input.words.join(' ')} ${Date.now()}`, count: 1 }) },
      [`two words, ${bytes}`, `one word, ${bytes}`],
    ],
    [
      'when it looks at the clock it is given',
      {
        simulated: ({ input }, { clock }) => ({
          title: `${input.words.join(' ')} ${clock.now()}`,
          count: 1,
        }),
      },
      [`two words, ${bytes}`, `one word, ${bytes}`],
    ],
    [
      'when it looks at the run',
      {
        simulated: ({ input }, { run }) => ({ title: `${input.words.join(' ')} ${run}`, count: 1 }),
      },
      [`two words, ${bytes}`, `one word, ${bytes}`],
    ],
    [
      'when it answers the same to everything',
      { simulated: () => ({ title: 'Canned', count: 1 }) },
      ['simulated: different cases give different artifacts'],
    ],
    [
      'when its artifact does not fit the schema',
      { simulated: ({ input }) => ({ title: input.words.slice(1).join(' '), count: 1 }) },
      ['one word, simulated: the artifact fits its schema'],
    ],
    [
      'when its schema changes what it has parsed',
      { artifact: Notes.extend({ title: z.string().transform((title) => `${title}!`) }) },
      expect.arrayContaining(['one word, simulated: the artifact fits its schema']),
    ],
    [
      'when its artifact is no plain JSON',
      {
        simulated: ({ input }) =>
          Object.assign(Object.create({ inherited: true }), {
            title: input.words.join(' '),
            count: 1,
          }),
      },
      expect.arrayContaining(['one word, simulated: the artifact is plain JSON']),
    ],
    [
      'when its llm variant gives another shape',
      { llm: async () => ({ title: '', count: 0.5 }) },
      expect.arrayContaining(['two words, llm: the artifact fits its schema']),
    ],
    [
      'when its llm variant does not ask its model',
      { llm: GOOD.simulated },
      ['two words, llm: the scripts of the case are used up', 'llm: an abort stops it'],
    ],
    [
      'when its llm variant swallows an abort',
      {
        llm: async (task, context) => {
          const request = {
            name: 'notes',
            schema: Notes,
            system: '',
            user: task.input.words.join(' '),
          };
          const answer = await context.model?.structured(request).catch(() => undefined);
          return answer ?? { title: 'fallback', count: 0 };
        },
      },
      ['llm: an abort stops it'],
    ],
  ])('%s', async (_when, changes, expected) => {
    await expect(failures(changes)).resolves.toEqual(expected);
  });

  test('when it changes its task', async () => {
    const mutating = ({ input }: { readonly input: Brief }): Notes => ({
      title: input.words.toReversed().join(' '),
      // oxlint-disable-next-line unicorn/no-array-reverse -- in place is what is to be caught
      count: input.words.reverse().length,
    });
    const found = await failures({ simulated: mutating });
    expect(found).toContain('two words, simulated: the task is left alone');
  });

  test('when it changes its task only if it may', async () => {
    const sly = ({ input }: { readonly input: Brief }): Notes => {
      const title = input.words.join(' ');
      if (!Object.isFrozen(input.words)) input.words.push('mine');
      return { title, count: 1 };
    };
    await expect(failures({ simulated: sly })).resolves.toEqual([
      'two words, simulated: the task is left alone',
      'one word, simulated: the task is left alone',
    ]);
  });

  test('when its llm variant goes on after an abort', async () => {
    const deaf: (typeof GOOD)['llm'] = async ({ input }, { model }) => {
      const request = { name: 'notes', schema: Notes, system: '', user: input.words.join(' ') };
      const asked = model?.structured(request).catch(() => new Promise<never>(() => undefined));
      return (await asked) ?? { title: 'none', count: 0 };
    };
    await expect(failures({ llm: deaf })).resolves.toEqual(['llm: an abort stops it']);
  });
});

describe('cases that show too little are refused', () => {
  test('a single one', async () => {
    await expect(failures({}, CASES.slice(0, 1))).resolves.toEqual([
      'simulated: different cases give different artifacts',
    ]);
  });

  test('none for the llm variant', async () => {
    const cases = CASES.map(({ name, task }) => ({ name, task }));
    await expect(failures({}, cases)).resolves.toEqual(['llm: an abort stops it']);
  });

  test('a model for a variant that is not there', async () => {
    const { llm: _llm, ...simulatedOnly } = GOOD;
    await expect(failures({}, CASES, defineAgent(simulatedOnly))).resolves.toEqual([
      'llm: cases script a model for a variant that is there',
    ]);
  });

  test('a task that the agent could not get', async () => {
    const input = z.custom<Brief>().parse({ words: 'y' });
    const odd: Case = { name: 'odd', task: agentTask({ input, artifacts: {} }) };
    const found = await failures({}, [...CASES, odd]);
    expect(found).toContain('odd: the task fits the schemas of the agent');
  });
});
