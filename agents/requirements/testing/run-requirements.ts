import { silentLogger, systemClock } from '../../../src/kernel/index.ts';
import { NO_USAGE, type Answer } from '../../../src/state/index.ts';
import {
  NO_TOOLS,
  type AgentContext,
  type AgentModel,
  type AgentTask,
} from '../../../src/workflow/index.ts';
import { CampaignInput, Requirements } from '../artifact.ts';
import { readByModel } from '../llm.ts';
import { readByRules } from '../simulated.ts';

type Task = AgentTask<CampaignInput, Record<never, never>, Requirements>;

/** Answers as a person gives them: question id to text. */
export type Answers = Readonly<Record<string, string>>;

/** Runs the simulated variant on a brief, and parses what it gives as the workflow does. */
export async function readBrief(brief: string, answers: Answers = {}): Promise<Requirements> {
  return Requirements.parse(await readByRules(taskOf(brief, answers), contextWith(undefined)));
}

/** Runs the llm variant on a brief with a model that answers `reply`, and tells what the model was sent. */
export async function readBriefWith(
  reply: unknown,
  brief: string,
  answers: Answers = {},
): Promise<{ readonly requirements: Requirements; readonly sent: string }> {
  let sent = '';
  const model: AgentModel = {
    id: 'fake/model',
    usage: NO_USAGE,
    structured: async (request) => {
      sent = `${request.system}\n${request.user}`;
      return request.schema.parse(reply);
    },
  };
  const requirements = Requirements.parse(
    await readByModel(taskOf(brief, answers), contextWith(model)),
  );
  return { requirements, sent };
}

/** Runs the llm variant without a model. */
export async function readBriefWithoutModel(brief: string): Promise<Requirements> {
  return await readByModel(taskOf(brief, {}), contextWith(undefined));
}

function taskOf(brief: string, answers: Answers): Task {
  const by = {
    id: 'tester',
    kind: 'person',
    roles: [],
    authenticated: true,
    source: 'test',
  } as const;
  return {
    input: CampaignInput.parse({ brief }),
    artifacts: {},
    answers: Object.entries(answers).map(([question, text]): Answer => ({
      question,
      text,
      by: { ...by, roles: [] },
      at: '2027-01-01T00:00:00.000Z',
    })),
    previous: undefined,
    revision: undefined,
    attempt: 1,
  };
}

function contextWith(model: AgentModel | undefined): AgentContext {
  return {
    thread: 'thread',
    run: 'run',
    phase: 'requirements',
    signal: new AbortController().signal,
    clock: systemClock,
    logger: silentLogger,
    model,
    tools: NO_TOOLS,
    decide: () => {
      throw new Error('The requirements agent asks nobody by itself.');
    },
    report: () => undefined,
    config: {},
  };
}
