import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { MemorySaver, type BaseCheckpointSaver } from '@langchain/langgraph';
import Libsql from 'libsql';
import { z } from 'zod';

import { fakeClock, type FakeClock } from '../../../src/testing/index.ts';
import { askOn, defineCheck, defineGate, fail, reviseOn } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  type CompileOptions,
  type Migration,
} from '../../../src/workflow/index.ts';

export const Brief = z.strictObject({ text: z.string() });
export const Notes = z.strictObject({ words: z.array(z.string()) });
export const Plan = z.strictObject({ steps: z.array(z.string()) });
export const Decided = z.strictObject({ decision: z.string(), plan: Plan, comment: z.string() });
export const Letter = z.strictObject({ body: z.string() });

export const SEAL_KEY = new Uint8Array(32).fill(7);
export const PHASES = ['notes', 'plan', 'confirm', 'write'] as const;
export const NODES = [...PHASES, 'completed', 'blocked'] as const;
export type PhaseId = (typeof PHASES)[number];

/** How often each agent got to work, and what is to go wrong in it next. */
export interface Probe {
  readonly reached: Record<PhaseId, number>;
  /** Runs inside the agent, once; may throw. */
  next: Partial<Record<PhaseId, (signal: AbortSignal) => unknown>>;
}

export function probe(): Probe {
  return { reached: { notes: 0, plan: 0, confirm: 0, write: 0 }, next: {} };
}

async function enter(given: Probe, phase: PhaseId, signal: AbortSignal): Promise<void> {
  given.reached[phase] += 1;
  const hook = given.next[phase];
  delete given.next[phase];
  await hook?.(signal);
}

/** What a test may change about the workflow. */
export interface LettersOptions {
  readonly roles?: readonly string[];
  readonly validForMs?: number;
  readonly version?: number;
  readonly maxAttempts?: number;
  readonly migrations?: readonly Migration[];
  /** What the confirming agent shows, and what it gives as the plan agreed on. */
  readonly subjectOf?: (plan: z.infer<typeof Plan>) => z.infer<typeof Plan>;
  readonly returned?: (plan: z.infer<typeof Plan>) => z.infer<typeof Plan>;
}

/** Four phases: notes may ask, a person confirms the plan, and only then a letter is written. */
export function letters(given: Probe, options: LettersOptions = {}) {
  const { roles = [], validForMs = 60_000, version = 1, maxAttempts = 3 } = options;
  const { migrations = [] } = options;
  const agents = agentsOf(given, options);
  return defineWorkflow({
    id: 'letters',
    version,
    migrations,
    input: Brief,
    phases: [
      definePhase({ id: 'notes', agent: agents.notes, maxAttempts }),
      definePhase({ id: 'plan', agent: agents.plan, maxAttempts }),
      definePhase({ id: 'confirm', agent: agents.confirm, maxAttempts }),
      definePhase({ id: 'write', agent: agents.write }),
    ],
    transitions: [
      { from: 'notes', to: 'plan', gate: defineGate({ checks: [allowed, askOn(named)] }) },
      { from: 'plan', to: 'confirm', gate: defineGate({ checks: [planned] }) },
      {
        from: 'confirm',
        to: 'write',
        gate: defineGate({
          checks: [reviseOn(agreed, 'plan')],
          approval: {
            subject: (facts: { artifacts: { confirm: z.infer<typeof Decided> } }) =>
              facts.artifacts.confirm.plan,
            roles,
            validForMs,
          },
        }),
      },
      { from: 'write', to: 'completed', gate: defineGate({ checks: [written] }) },
    ],
  });
}

function agentsOf(given: Probe, options: LettersOptions) {
  const { subjectOf = (plan) => plan, returned = (plan) => plan } = options;
  const notes = defineAgent({
    id: 'notes',
    input: Brief,
    artifact: Notes,
    reads: {},
    simulated: async ({ input, answers }, { signal }) => {
      await enter(given, 'notes', signal);
      return { words: [...input.text.split(' '), ...answers.map(({ text }) => text)] };
    },
  });
  const plan = defineAgent({
    id: 'plan',
    input: Brief,
    artifact: Plan,
    reads: { notes: Notes },
    simulated: async ({ artifacts, revision }, { signal }) => {
      await enter(given, 'plan', signal);
      const reasons = revision?.reasons.map(({ message }) => message) ?? [];
      return { steps: [...artifacts.notes.words, ...reasons] };
    },
  });
  const confirm = defineAgent({
    id: 'confirm',
    input: Brief,
    artifact: Decided,
    reads: { plan: Plan },
    simulated: async ({ artifacts }, { decide, signal }) => {
      const decision = decide({
        action: 'approve-plan',
        description: '# Plan',
        subject: subjectOf(artifacts.plan),
        schema: Plan,
      });
      await enter(given, 'confirm', signal);
      const { kind, subject, comment } = decision;
      return { decision: kind, plan: returned(subject), comment };
    },
  });
  const write = defineAgent({
    id: 'write',
    input: Brief,
    artifact: Letter,
    reads: { confirm: Decided },
    simulated: async ({ artifacts }, { signal }) => {
      await enter(given, 'write', signal);
      return { body: artifacts.confirm.plan.steps.join(',') };
    },
  });
  return { notes, plan, confirm, write };
}

const NotesFacts = z.object({ artifacts: z.object({ notes: Notes }) });
const allowed = defineCheck({
  id: 'notes.allowed',
  reads: NotesFacts,
  message: 'The brief is forbidden.',
  remedy: 'Write another.',
  evaluate: ({ artifacts }) => !artifacts.notes.words.includes('forbidden'),
});
const named = defineCheck({
  id: 'notes.named',
  reads: NotesFacts,
  message: 'Nobody is named.',
  remedy: 'Say who.',
  evaluate: ({ artifacts }) =>
    !artifacts.notes.words.includes('someone') ||
    artifacts.notes.words.includes('Ada') ||
    fail({ questions: [{ id: 'name', text: 'Who?', path: 'words', options: [] }] }),
});
const planned = defineCheck({
  id: 'plan.steps',
  reads: z.object({ artifacts: z.object({ plan: Plan }) }),
  message: 'No steps.',
  remedy: 'Add one.',
  evaluate: ({ artifacts }) => artifacts.plan.steps.length > 0,
});
const agreed = defineCheck({
  id: 'plan.agreed',
  reads: z.object({ artifacts: z.object({ confirm: Decided }) }),
  message: 'Not agreed.',
  remedy: 'Change it.',
  evaluate: ({ artifacts: { confirm } }) =>
    ['approved', 'edited'].includes(confirm.decision) ||
    fail({ message: `Rejected: ${confirm.comment}` }),
});
const written = defineCheck({
  id: 'letter.body',
  reads: z.object({ artifacts: z.object({ write: Letter }) }),
  message: 'Empty.',
  remedy: 'Write.',
  evaluate: ({ artifacts }) => artifacts.write.body !== '',
});

/** A compiled workflow on one thread, and what is needed to attack it. */
export interface Lab extends Probe {
  readonly graph: ReturnType<typeof compileLetters>;
  readonly clock: FakeClock;
  readonly saver: BaseCheckpointSaver;
  readonly config: Thread;
}

export interface Thread {
  readonly configurable: { readonly thread_id: string };
}

function compileLetters(given: Probe, options: CompileOptions & LettersOptions) {
  return compileWorkflow(letters(given, options), options);
}

export function openLab(
  options: Omit<CompileOptions, 'clock' | 'checkpointer'> &
    LettersOptions & {
      readonly saver?: BaseCheckpointSaver;
      readonly clock?: FakeClock;
      readonly thread?: string;
    } = {},
): Lab {
  const { saver = new MemorySaver(), clock = fakeClock(), thread = 'thread', ...rest } = options;
  const given = probe();
  const graph = compileLetters(given, { sealKey: SEAL_KEY, ...rest, clock, checkpointer: saver });
  return Object.assign(given, { graph, clock, saver, config: threadOf(thread) });
}

export function threadOf(thread: string): Thread {
  return { configurable: { thread_id: thread } };
}

export const sqlite = (): BaseCheckpointSaver => new SqliteSaver(new Libsql(':memory:'));

export const SAVERS: readonly (readonly [string, () => BaseCheckpointSaver])[] = [
  ['memory', () => new MemorySaver()],
  ['SQLite', sqlite],
];
