import { z } from 'zod';

import type { JsonValue } from '../../../../kernel/index.ts';
import { definePlugin } from '../../../contract/index.ts';
import { pureOperation } from '../../operation.ts';
import { CheckAnswer } from '../answer.ts';

const Mailing = z.object({
  artifacts: z.object({
    generation: z.object({
      sender: z.object({ name: z.string(), email: z.string(), postalAddress: z.string() }),
      emails: z.array(z.object({ subject: z.string(), text: z.string(), html: z.string() })).min(1),
    }),
  }),
});
type Mailing = z.infer<typeof Mailing>['artifacts']['generation'];

const ADDRESS = 'Nordwind Handel GmbH, Hafenweg 12, 24103 Kiel, Germany';

/** A mailing that is as it should be, but for what is given. */
function example(change: Readonly<Record<string, JsonValue>>, sender: JsonValue = {}): JsonValue {
  const good = { name: 'Nordwind', email: 'hello@nordwind.example', postalAddress: ADDRESS };
  const footer = `${ADDRESS}\nUnsubscribe: {{unsubscribe_url}}`;
  return {
    artifacts: {
      generation: {
        sender: { ...good, ...(sender as object) },
        emails: [
          {
            subject: 'Our spring range is here',
            text: `Hello,\nspring is here.\n${footer}`,
            html: `<p>Hello</p><p>${ADDRESS}</p><a href="{{unsubscribe_url}}">Unsubscribe</a>`,
            ...change,
          },
        ],
      },
    },
  };
}

/**
 * Asks what the law of commercial email asks of every message: a way to unsubscribe, a sender who can be reached, a subject
 * that does not mislead. It looks at the text of a mailing; who may be written to at all is for others to check.
 *
 * @see 15 U.S.C. 7704(a) and 16 CFR 316 (CAN-SPAM); Directive 2002/58/EC, Article 13(4)
 */
export const emailLaw = definePlugin({
  manifest: {
    id: 'phasegate.email-law',
    version: '1.0.0',
    kind: 'compliance-validator',
    title: 'Email law',
    description: 'Checks each email for a way to unsubscribe, the sender and the subject.',
    publisher: 'phasegate',
    engines: { phasegate: '*' },
    permissions: {},
    standards: ['can-spam', 'eprivacy'],
    contributes: {
      operations: [
        pureOperation('unsubscribe', 'Every email has a link to unsubscribe, in text and HTML.', {
          input: Mailing,
          output: CheckAnswer,
          examples: [example({}), example({ html: `<p>Hello</p><p>${ADDRESS}</p>` })],
        }),
        pureOperation('sender-address', 'Every email names a postal address of the sender.', {
          input: Mailing,
          output: CheckAnswer,
          examples: [
            example({}),
            example({ text: 'Hello,\nspring is here.\n{{unsubscribe_url}}' }),
            example({}, { email: 'no-reply@nordwind.example' }),
          ],
        }),
        pureOperation('honest-subject', 'No subject pretends to be an answer or a warning.', {
          input: Mailing,
          output: CheckAnswer,
          examples: [example({}), example({ subject: 'RE: your order' })],
        }),
      ],
    },
  },
  execute: (operation, input) => {
    const { generation } = Mailing.parse(input).artifacts;
    const check = CHECKS[operation];
    return check === undefined ? null : check(generation);
  },
});

const CHECKS: Readonly<Record<string, (mailing: Mailing) => JsonValue>> = {
  unsubscribe: ({ emails }) => {
    const paths = emails.flatMap(({ text, html }, index) => [
      ...(hasUnsubscribe(text) ? [] : [pathOf(index, 'text')]),
      ...(hasUnsubscribeLink(html) ? [] : [pathOf(index, 'html')]),
    ]);
    return answer(paths, {
      message: `${paths.length} parts of emails have no way to unsubscribe.`,
      remedy: 'Put the merge field unsubscribe_url, or a link to unsubscribe, into text and HTML.',
    });
  },
  'sender-address': ({ sender, emails }) => {
    const address = words(sender.postalAddress);
    const paths = [
      ...(isAddress(sender.postalAddress) ? [] : ['artifacts.generation.sender.postalAddress']),
      ...(canBeAnswered(sender.email) ? [] : ['artifacts.generation.sender.email']),
      ...emails.flatMap(({ text, html }, index) => [
        ...(words(text).includes(address) ? [] : [pathOf(index, 'text')]),
        ...(words(withoutTags(html)).includes(address) ? [] : [pathOf(index, 'html')]),
      ]),
    ];
    return answer(paths, {
      message: 'The sender cannot be told or reached from every email.',
      remedy: 'Name a postal address in text and HTML, and send from an address that is read.',
    });
  },
  'honest-subject': ({ emails }) => {
    const paths = emails.flatMap(({ subject }, index) =>
      MISLEADING.test(subject.trim()) ? [pathOf(index, 'subject')] : [],
    );
    return answer(paths, {
      message: `${paths.length} subjects pretend to be something else than an advertisement.`,
      remedy: 'Begin the subject with what the email is about.',
    });
  },
};

const UNSUBSCRIBE = /unsubscribe|opt[ -]?out|abmelden|abbestellen|désabonner|désinscri/i;
/** What begins like an answer, a forwarded message or a bill. */
const MISLEADING =
  /^(?:re|aw|fwd?|wg|tr)\s*(?:\[\d+\])?\s*:|^(?:final|last)\s+(?:notice|warning)\b|^(?:overdue|invoice|mahnung)\b/i;

function hasUnsubscribe(text: string): boolean {
  return UNSUBSCRIBE.test(text) && /\{\{\s*unsubscribe_url\s*\}\}|https?:\/\/|mailto:/i.test(text);
}

function hasUnsubscribeLink(html: string): boolean {
  const links = [...html.matchAll(/<a\s[^>]*href\s*=\s*["']([^"']+)["'][^>]*>([^]*?)<\/a>/gi)];
  return links.some(([, target = '', label = '']) => {
    const named = UNSUBSCRIBE.test(target) || UNSUBSCRIBE.test(withoutTags(label));
    return named && /^(?:https?:\/\/|mailto:|\{\{)/i.test(target);
  });
}

/** A street and a place, or a box: some words and a number. */
function isAddress(text: string): boolean {
  return /\d/.test(text) && text.trim().split(/[\s,]+/).length >= 4;
}

function canBeAnswered(email: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && !/^(?:no|do-?not)[._-]?reply\b/i.test(email);
}

function withoutTags(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}

/** Words alone, so that line breaks and commas between the parts of an address do not count. */
function words(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
}

function pathOf(index: number, part: string): string {
  return `artifacts.generation.emails.${index}.${part}`;
}

function answer(
  paths: readonly string[],
  said: { readonly message: string; readonly remedy: string },
): JsonValue {
  return paths.length === 0
    ? { outcome: 'pass' }
    : { outcome: 'fail', ...said, paths: paths.slice(0, 50) };
}
