import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import type { Strategy } from '../../../agents/strategy/index.ts';
import type { Asked, Reply } from './model-server.ts';

export const BRIEF_FILE = join(import.meta.dirname, 'brief.md');
export const BRIEF = readFileSync(BRIEF_FILE, 'utf8');
/** Stands in the brief, and belongs to a person. */
export const SSN = '078-05-1120';

interface Finding {
  readonly field: string;
  readonly quote: string;
}

/** What a careful reader marks in the brief. */
export const FINDINGS: readonly Finding[] = [
  { field: 'title', quote: 'Autumn bread course' },
  { field: 'objective', quote: 'Fill the places of our bread course in October 2027.' },
  { field: 'audience', quote: 'Home bakers who have bought flour from us.' },
  { field: 'offer', quote: '15% off the course fee of 80 euros.' },
  { field: 'keyMessages', quote: 'Every participant takes a sourdough starter home.' },
  { field: 'keyMessages', quote: 'The course lasts three hours.' },
  { field: 'tone', quote: 'warm and plain' },
  { field: 'mustSay', quote: 'Places are limited.' },
  { field: 'mustNotSay', quote: 'guaranteed' },
  { field: 'deadlines', quote: 'Booking at the reduced fee ends on 1 October 2027.' },
  { field: 'channels', quote: 'email, two emails' },
  { field: 'metrics', quote: 'number of bookings' },
  { field: 'callToAction', quote: 'Book at https://mill.example.com/course' },
  { field: 'sender.name', quote: 'Brook Mill' },
  { field: 'sender.email', quote: 'hello@mill.example.com' },
  { field: 'sender.postalAddress', quote: '4 Mill Lane, 12345 Brookfield' },
];

/** A plan that rests on those findings. */
export const PLAN: Strategy = {
  title: 'Plan for the autumn bread course',
  language: 'en',
  objective: { text: 'Fill the places of the bread course.', traces: ['objective'] },
  tone: { text: 'Warm and plain.', traces: ['tone'] },
  segments: [
    {
      id: 'segment-1',
      name: 'Home bakers',
      message: 'You already bake with our flour; come and take a sourdough starter home.',
      traces: ['segment-1', 'key-message-1'],
    },
  ],
  sequence: [
    {
      id: 'step-1',
      purpose: 'announce',
      title: 'Tell about the course',
      dayOffset: 0,
      notAfter: '2027-09-20',
      segments: ['segment-1'],
      subjectApproach: 'Name the course.',
      facts: ['offer', 'key-message-1', 'key-message-2', 'must-say-1'],
      traces: ['offer', 'key-message-1', 'channel-1'],
    },
    {
      id: 'step-2',
      purpose: 'last-call',
      title: 'Tell what ends',
      dayOffset: 7,
      notAfter: '2027-09-28',
      segments: ['segment-1'],
      subjectApproach: 'Name what ends, and when.',
      facts: ['deadline-1', 'offer', 'must-say-1'],
      traces: ['deadline-1', 'offer', 'channel-1'],
    },
  ],
  subjectLines: { approach: 'Short and plain.', maxCharacters: 60, traces: ['tone'] },
  callToAction: {
    text: 'Book at https://mill.example.com/course',
    traces: ['call-to-action'],
  },
  risks: [
    {
      text: 'Bakers may read the last email after the reduced fee has ended.',
      mitigation: 'Send it some days before.',
      traces: ['deadline-1'],
    },
  ],
  measures: [{ text: 'Number of bookings.', traces: ['metric-1'] }],
};

interface Sentence {
  readonly text: string;
  readonly traces: readonly string[];
}

/** One email as a model writes it. */
export interface DraftedEmail {
  readonly subject: Sentence;
  readonly preheader: Sentence;
  readonly headline: Sentence;
  readonly paragraphs: readonly {
    readonly kind: 'text' | 'list';
    readonly sentences: readonly Sentence[];
  }[];
}

const limited: Sentence = { text: 'Places are limited.', traces: ['must-say-1'] };

/** By purpose of the step. */
export const DRAFTS: Readonly<Record<string, DraftedEmail>> = {
  announce: {
    subject: { text: 'Our bread course in October', traces: ['objective'] },
    preheader: { text: 'Take a sourdough starter home', traces: ['key-message-1'] },
    headline: { text: 'Take a sourdough starter home', traces: ['key-message-1'] },
    paragraphs: [
      {
        kind: 'text',
        sentences: [
          { text: 'The course lasts three hours.', traces: ['key-message-2'] },
          { text: 'You get 15% off the course fee of 80 euros.', traces: ['offer'] },
        ],
      },
      { kind: 'text', sentences: [limited] },
    ],
  },
  'last-call': {
    subject: { text: 'The reduced fee ends on 1 October 2027', traces: ['deadline-1'] },
    preheader: { text: '15% off the course fee until then', traces: ['offer', 'deadline-1'] },
    headline: { text: 'The reduced fee ends soon', traces: ['deadline-1'] },
    paragraphs: [
      {
        kind: 'text',
        sentences: [
          {
            text: 'Booking at the reduced fee ends on 1 October 2027.',
            traces: ['deadline-1'],
          },
          limited,
        ],
      },
    ],
  },
};

const Material = z.object({ purpose: z.string() });

/** What a good model answers to whatever the three agents ask. */
export function goodAnswer(asked: Asked): Reply {
  if (asked.agent === 'requirements') return { json: { findings: FINDINGS } };
  if (asked.agent === 'strategy') return { json: PLAN };
  return { json: DRAFTS[Material.parse(JSON.parse(asked.user)).purpose] };
}

/** A draft with one more sentence at its end. */
export function withSentence(draft: DraftedEmail | undefined, sentence: Sentence): DraftedEmail {
  if (draft === undefined) throw new Error('There is no such draft.');
  const paragraphs = [...draft.paragraphs, { kind: 'text' as const, sentences: [sentence] }];
  return { ...draft, paragraphs };
}

/** A good model, but for what `differs` gives. */
export function but(differs: (asked: Asked) => Reply | undefined): (asked: Asked) => Reply {
  return (asked) => differs(asked) ?? goodAnswer(asked);
}
