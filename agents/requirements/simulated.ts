import type { AgentRun } from '../../src/workflow/index.ts';
import type { CampaignInput, Requirements } from './artifact.ts';
import { assemble } from './assembly/assemble.ts';
import { findHidden } from './brief/find-hidden.ts';
import { withoutNotes } from './brief/find-notes.ts';
import { discover } from './discovery/discover.ts';

/**
 * Reads a brief by rules: headings, labels and phrases. No model takes part; the same task gives the same bytes, in
 * time linear in the length of the brief.
 */
export const readByRules: AgentRun<CampaignInput, Record<never, never>, Requirements> = ({
  input,
  answers,
}) => {
  const found = discover(withoutNotes(input.brief), findHidden(input.brief));
  return assemble({ brief: input.brief, ...found, answers });
};
