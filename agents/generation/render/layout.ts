import type { Content, Frame, Sentence } from '../content.ts';
import { fill, phrasesOf } from '../language/phrases.ts';
import { inert } from './inert.ts';

/** One thing of an email, in reading order. Both renderings are made from the same parts, so they say the same. */
export type Part =
  | { readonly kind: 'headline' | 'paragraph' | 'signature' | 'fine-print'; readonly text: string }
  | { readonly kind: 'list'; readonly intro: string; readonly items: readonly string[] }
  | { readonly kind: 'action' | 'fine-link'; readonly label: string; readonly href: string }
  | { readonly kind: 'rule' };

/** Lays out an email: headline, greeting, body, action, sign-off, and at the foot the sender and the way out. */
export function layOut(content: Content, frame: Frame): readonly Part[] {
  const phrases = phrasesOf(frame.language, frame.register);
  const sender = {
    sender: inert(frame.sender.name),
    email: inert(frame.sender.email),
    address: inert(frame.sender.postalAddress),
  };
  const headline: readonly Part[] =
    content.headline === undefined
      ? []
      : [{ kind: 'headline', text: inert(content.headline.text) }];
  return [
    ...headline,
    { kind: 'paragraph', text: phrases.greeting[frame.manner] },
    ...content.blocks.map(bodyPart),
    { kind: 'action', label: inert(content.action.label.text), href: content.action.href },
    ...(content.notes.length === 0
      ? []
      : [{ kind: 'paragraph', text: joined(content.notes) } as const]),
    { kind: 'paragraph', text: fill(phrases.questions, sender) },
    { kind: 'signature', text: phrases.signOff[frame.manner] },
    { kind: 'paragraph', text: sender.sender },
    { kind: 'rule' },
    { kind: 'fine-print', text: fill(phrases.origin, sender) },
    { kind: 'fine-print', text: phrases.leaving },
    { kind: 'fine-link', label: phrases.unsubscribe, href: '{{unsubscribe_url}}' },
  ];
}

function bodyPart(block: Content['blocks'][number]): Part {
  if (block.kind === 'paragraph') return { kind: 'paragraph', text: joined(block.sentences) };
  return {
    kind: 'list',
    intro: inert(block.intro.text),
    items: block.items.map(({ text }) => inert(text)),
  };
}

function joined(sentences: readonly Sentence[]): string {
  return sentences.map(({ text }) => inert(text)).join(' ');
}
