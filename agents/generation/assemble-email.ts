import type { Email } from './artifact.ts';
import type { Content, Frame, Sentence } from './content.ts';
import { emailId } from './email-id.ts';
import { inert, mergeFieldsIn } from './render/inert.ts';
import { layOut } from './render/layout.ts';
import { renderHtml } from './render/render-html.ts';
import { renderText } from './render/render-text.ts';

/** Makes an email of its content: both renderings, the merge fields used, and every sentence that rests on a requirement. */
export function assembleEmail(content: Content, frame: Frame): Email {
  const parts = layOut(content, frame);
  const subject = inert(content.subject.text);
  const preheader = inert(content.preheader.text);
  const text = renderText(parts);
  const html = renderHtml({ language: frame.language, title: subject, preheader, parts });
  return {
    id: emailId(frame.step, frame.segment),
    step: frame.step,
    segment: frame.segment,
    purpose: frame.purpose,
    segmentName: frame.segmentName,
    send: { ...frame.send },
    language: frame.language,
    subject,
    preheader,
    text,
    html,
    mergeFields: [...mergeFieldsIn([text, html])],
    claims: claimsOf(content),
  };
}

function claimsOf({
  subject,
  preheader,
  headline,
  blocks,
  notes,
  action,
}: Content): Email['claims'] {
  const sentences: readonly Sentence[] = [
    subject,
    preheader,
    ...(headline === undefined ? [] : [headline]),
    ...blocks.flatMap((block) =>
      block.kind === 'paragraph' ? block.sentences : [block.intro, ...block.items],
    ),
    action.label,
    ...notes,
  ];
  const claims = new Map<string, Email['claims'][number]>();
  for (const { text, traces } of sentences) {
    if (traces.length > 0 && !claims.has(inert(text)))
      claims.set(inert(text), { text: inert(text), traces: [...traces] });
  }
  return [...claims.values()];
}
