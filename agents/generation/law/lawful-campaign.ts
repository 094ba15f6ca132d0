import { z } from 'zod';

import type { AgentContext } from '../../../src/workflow/index.ts';
import type { Deliverable } from '../artifact.ts';
import { assembleEmail } from '../assemble-email.ts';
import type { Content, Frame } from '../content.ts';

/** An email that has been written and not yet been laid out. */
export interface WrittenEmail {
  readonly content: Content;
  readonly frame: Frame;
}

/** A campaign that has been written. */
export interface WrittenCampaign extends Pick<Deliverable, 'title' | 'sender'> {
  readonly emails: readonly WrittenEmail[];
}

/** What the law of commercial email asks of each message. */
const SUBJECT = 'phasegate.email-law/honest-subject';
const OTHERS = ['phasegate.email-law/unsubscribe', 'phasegate.email-law/sender-address'];

const Answer = z.object({
  outcome: z.enum(['pass', 'fail', 'undetermined']),
  paths: z.array(z.string()).default([]),
});
/** What begins like an answer or a forwarded message. */
const PRETENCE = /^(?:(?:re|aw|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:\s*)+/i;

/**
 * Lays a campaign out, and asks the rules of email law about it where they are at hand. A subject that pretends to be an answer
 * loses its beginning; whatever else they find is reported, and decided at the gate.
 */
export async function lawfulCampaign(
  written: WrittenCampaign,
  context: Pick<AgentContext, 'tools' | 'report'>,
): Promise<Deliverable> {
  const first = laidOut(written);
  const pretending = await placesIn(SUBJECT, first, context);
  const campaign =
    pretending.length === 0 ? first : laidOut(withPlainSubjects(written, pretending));
  for (const operation of OTHERS) {
    // One after the other, so that the record of the calls is the same each time.
    // oxlint-disable-next-line no-await-in-loop
    const places = await placesIn(operation, campaign, context);
    if (places.length > 0) context.report({ tool: operation, found: places.length });
  }
  if (pretending.length > 0) context.report({ tool: SUBJECT, mended: pretending.length });
  return campaign;
}

/** Lays every email out, as text and HTML. */
export function laidOut({ title, sender, emails }: WrittenCampaign): Deliverable {
  return {
    title,
    sender,
    emails: emails.map(({ content, frame }) => assembleEmail(content, frame)),
  };
}

/** Gives the paths that fail; none where nobody can say. */
async function placesIn(
  operation: string,
  { sender, emails }: Deliverable,
  { tools }: Pick<AgentContext, 'tools'>,
): Promise<readonly string[]> {
  const mailing = {
    sender: { ...sender },
    emails: emails.map(({ subject, text, html }) => ({ subject, text, html })),
  };
  const answer = Answer.safeParse(
    await tools.call(operation, { artifacts: { generation: mailing } }),
  );
  return answer.success && answer.data.outcome === 'fail' ? answer.data.paths : [];
}

function withPlainSubjects(written: WrittenCampaign, paths: readonly string[]): WrittenCampaign {
  const emails = written.emails.map((email, index) => {
    const { content } = email;
    const text = content.subject.text.replace(PRETENCE, '');
    if (!paths.includes(`artifacts.generation.emails.${index}.subject`) || text === '')
      return email;
    return { ...email, content: { ...content, subject: { ...content.subject, text } } };
  });
  return { ...written, emails };
}
