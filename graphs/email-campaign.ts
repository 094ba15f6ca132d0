import server from '../langgraph.json' with { type: 'json' };
import { emailCampaign, studioGraph } from '../src/app/index.ts';

/** The workflow `email-campaign`, for LangGraph Studio and the LangGraph server. */
export const graph = await studioGraph(emailCampaign, { server });
