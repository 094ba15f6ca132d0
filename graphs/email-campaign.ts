import server from '../langgraph.json' with { type: 'json' };
import { studioGraph, workflowNamed } from '../src/app/index.ts';

/** The workflow `email-campaign`, for LangGraph Studio and the LangGraph server. */
export const graph = await studioGraph(workflowNamed('email-campaign').describe, { server });
