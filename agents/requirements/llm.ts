import { z } from 'zod';

import type { AgentRun } from '../../src/workflow/index.ts';
import type { CampaignInput, Requirements } from './artifact.ts';
import { assemble } from './assembly/assemble.ts';
import { withholdingFor } from './assembly/withholding.ts';
import { withoutNotes } from './brief/find-notes.ts';
import { quoteFinder } from './brief/find-quote.ts';
import { readingCopy } from './brief/reading-copy.ts';
import { withoutInvisible } from './brief/invisible.ts';
import type { Candidate } from './discovery/candidate.ts';
import { discover } from './discovery/discover.ts';
import { findHidden } from './brief/find-hidden.ts';
import { MissingModelError } from './errors.ts';
import { SYSTEM_PROMPT, userPrompt } from './prompt.ts';

const FIELDS = [
  'title',
  'language',
  'objective',
  'audience',
  'excluded',
  'offer',
  'keyMessages',
  'tone',
  'mustSay',
  'mustNotSay',
  'complianceNotes',
  'deadlines',
  'channels',
  'metrics',
  'callToAction',
  'sender.name',
  'sender.email',
  'sender.postalAddress',
  'wishedEmails',
] as const satisfies readonly Candidate['field'][];

/** What the model answers: fields, each with the words of the brief that fill it. */
export const Findings = z.strictObject({
  findings: z.array(z.strictObject({ field: z.enum(FIELDS), quote: z.string().min(1) })).max(500),
});
export type Findings = z.infer<typeof Findings>;

/**
 * Reads a brief with a chat model. The model only marks places: what it quotes is looked up in the brief, and what is
 * not there is thrown away. Identifiers of persons do not leave for the model. Everything after that (what is missing,
 * what contradicts itself, what is asked) is computed by the same rules as without a model.
 *
 * @throws {@link MissingModelError} without a model; what the model throws, unchanged.
 */
export const readByModel: AgentRun<CampaignInput, Record<never, never>, Requirements> = async (
  task,
  context,
) => {
  const { brief } = task.input;
  const text = withoutNotes(brief);
  if (context.model === undefined) throw new MissingModelError();
  const { edits } = withholdingFor(brief, senderEmailsIn(text));
  const copy = readingCopy(text, edits);
  const { findings } = await context.model.structured({
    name: 'mark_brief',
    schema: Findings,
    system: SYSTEM_PROMPT,
    user: userPrompt(withoutInvisible(copy.text)),
  });
  const candidates = locate(copy, findings);
  context.report({ findings: findings.length, located: candidates.length });
  const { passages } = discover(text, findHidden(brief));
  return assemble({ brief, candidates, passages, answers: task.answers });
};

function senderEmailsIn(brief: string): readonly string[] {
  return discover(brief, findHidden(brief))
    .candidates.filter(({ field }) => field === 'sender.email')
    .map(({ start, end }) => brief.slice(start, Math.min(end, start + 320)).toLowerCase());
}

/** Gives the findings a place in the brief, in its order; a quote that is not there is no finding. */
function locate(
  copy: ReturnType<typeof readingCopy>,
  findings: Findings['findings'],
): readonly Candidate[] {
  const find = quoteFinder(copy);
  const candidates = findings.flatMap(({ field, quote }): Candidate[] => {
    const span = find(quote);
    return span === undefined ? [] : [{ ...span, field, origin: 'model', group: span.start }];
  });
  const unique = new Map(
    candidates.map((candidate) => [
      `${candidate.field} ${candidate.start} ${candidate.end}`,
      candidate,
    ]),
  );
  return [...unique.values()].toSorted(
    (one, other) => one.start - other.start || one.end - other.end,
  );
}
