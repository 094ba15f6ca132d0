import type { AgentContext, AgentTask } from '../../../src/workflow/index.ts';
import type { Confirmation } from '../../confirmation/artifact.ts';
import type { CampaignInput, Requirements } from '../../requirements/artifact.ts';
import type { Deliverable } from '../artifact.ts';
import { chooseAction } from '../choose-action.ts';
import type { Block, Content } from '../content.ts';
import { emailId } from '../email-id.ts';
import { ModelAbsentError } from '../errors.ts';
import { phrasesOf } from '../language/phrases.ts';
import { lawfulCampaign, type WrittenEmail } from '../law/lawful-campaign.ts';
import { planEmails, type PlannedEmail } from '../plan-emails.ts';
import { Draft } from './draft.ts';
import { mapBounded } from './map-bounded.ts';
import { GENERATION_SYSTEM_PROMPT, generationUserPrompt } from './prompt.ts';

const AT_ONCE = 4;

/** What the agent reads. */
export interface GenerationReads {
  readonly requirements: Requirements;
  readonly confirmation: Confirmation;
}

/**
 * Writes the campaign with a chat model: one structured call an email, at most four at once. The model gives sentences and
 * what they rest on; greeting, action, footer and HTML are ours.
 *
 * @throws {@link ModelAbsentError} without a model; ModelError (MODEL_*) when the model fails.
 */
export async function writeWithModel(
  task: AgentTask<CampaignInput, GenerationReads, Deliverable>,
  context: AgentContext,
): Promise<Deliverable> {
  const { requirements, confirmation } = task.artifacts;
  const { title, sender, emails } = planEmails(requirements, confirmation);
  const write = async (email: PlannedEmail): Promise<WrittenEmail> => {
    const content = await draftOne(email, task, context);
    context.report({ step: email.frame.step, segment: email.frame.segment });
    return { content, frame: email.frame };
  };
  const written = await mapBounded(emails, write, { limit: AT_ONCE, signal: context.signal });
  return await lawfulCampaign({ title, sender, emails: written }, context);
}

async function draftOne(
  { step, frame }: PlannedEmail,
  { artifacts, revision }: AgentTask<CampaignInput, GenerationReads, Deliverable>,
  { model }: AgentContext,
): Promise<Content> {
  if (model === undefined) throw new ModelAbsentError();
  const { requirements, confirmation } = artifacts;
  const { strategy } = confirmation;
  const draft = await model.structured({
    name: `email_${emailId(step.id, frame.segment)}`.replace(/[^a-zA-Z0-9_-]/gu, '_').slice(0, 64),
    schema: Draft,
    system: GENERATION_SYSTEM_PROMPT,
    user: generationUserPrompt({ requirements, strategy, step, frame, revision }),
  });
  const action = chooseAction(requirements, strategy, frame);
  const { essentials } = phrasesOf(frame.language, frame.register);
  return {
    subject: draft.subject,
    preheader: draft.preheader,
    headline: draft.headline,
    blocks: draft.paragraphs.map(({ kind, sentences }): Block =>
      kind === 'text'
        ? { kind: 'paragraph', sentences }
        : { kind: 'list', intro: { text: essentials, traces: [] }, items: sentences },
    ),
    notes: action.sentence === undefined ? [] : [action.sentence],
    action: { label: action.label, href: action.href },
  };
}
