// Written by npm run generate; add or remove a folder, not a line.
import { confirmationAgent } from './confirmation/index.ts';
import { generationAgent } from './generation/index.ts';
import { requirementsAgent } from './requirements/index.ts';
import { strategyAgent } from './strategy/index.ts';

/** Every member of agents/, by the name of its folder. */
export const agents = {
  confirmation: confirmationAgent,
  generation: generationAgent,
  requirements: requirementsAgent,
  strategy: strategyAgent,
} as const;
