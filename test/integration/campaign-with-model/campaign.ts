import { MemorySaver } from '@langchain/langgraph';
import { z } from 'zod';

import { emailCampaign } from '../../../src/app/workflows/index.ts';
import { createChatModel, type ChatModelSettings } from '../../../src/models/index.ts';
import {
  compileWorkflow,
  driveRun,
  type RunMessage,
  type RunReport,
} from '../../../src/workflow/index.ts';
import { PhaseRecord } from '../../../src/state/index.ts';
import { BRIEF } from './answers.ts';
import type { ModelServer } from './model-server.ts';

export const PRICE = Object.freeze({ inputUsdPerMillion: 2, outputUsdPerMillion: 8 });

/** What differs from a run that has nothing to fear. */
export interface CampaignOptions extends Partial<ChatModelSettings> {
  readonly brief?: string;
  readonly phaseTimeoutMs?: number;
}

/** The campaign on one thread, in this process, with a model behind `server`. */
export function campaignWith(server: ModelServer, options: CampaignOptions = {}) {
  const { brief = BRIEF, phaseTimeoutMs = 20_000, ...settings } = options;
  const workflow = emailCampaign({ approvalValidForMs: 60_000, phaseTimeoutMs });
  const model = createChatModel({
    provider: 'local',
    model: 'small',
    baseUrl: `${server.origin}/v1`,
    apiKey: 'key-1234',
    structuredMethod: 'json_schema',
    timeoutMs: 60_000,
    price: PRICE,
    budget: { maxTokens: 200_000, maxCostUsd: 1 },
    ...settings,
  });
  const checkpointer = new MemorySaver();
  const graph = compileWorkflow(workflow, { checkpointer, agents: 'llm', model });
  const send = (message: RunMessage): Promise<RunReport> =>
    driveRun(graph, { workflow, thread: 'bread', message });
  const start = (): Promise<RunReport> => send({ kind: 'start', input: { brief } });
  const approve = (): Promise<RunReport> =>
    send({ kind: 'answer', answer: { decision: 'approve' } });
  return {
    start,
    approve,
    /** Starts, approves, and gives where the run stands then. */
    run: async (): Promise<RunReport> => {
      await start();
      return approve();
    },
    goOn: () => send({ kind: 'continue' }),
    history: async (): Promise<readonly PhaseRecord[]> =>
      z
        .object({ history: z.array(PhaseRecord) })
        .parse((await graph.getState({ configurable: { thread_id: 'bread' } })).values).history,
  };
}
