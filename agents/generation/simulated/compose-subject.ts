import type { Strategy } from '../../strategy/artifact.ts';
import type { Frame, Sentence } from '../content.ts';
import { fill, subjectOf } from '../language/phrases.ts';
import { oneLine } from '../reading/plain-text.ts';
import type { Told } from './told.ts';
import { tidy, unclosed } from './say.ts';
import { clip, shorten } from './shorten.ts';

/** What a subject line is made of. */
export interface SubjectMaterial {
  readonly step: Strategy['sequence'][number];
  readonly frame: Frame;
  readonly told: readonly Told[];
  /** Characters that the strategy allows. */
  readonly max: number;
  /** Tells whether a text says nothing that must not be said. */
  readonly maySay: (text: string) => boolean;
}

const MAX_PREHEADER = 110;

/**
 * Gives the subject line: the purpose of the step and the first fact that fits, whole or up to a seam; failing that without
 * the purpose; then another fact that fits whole; and at last the first fact up to the last word that fits.
 */
export function composeSubject({ step, frame, told, max, maySay }: SubjectMaterial): Sentence {
  const phrase = subjectOf(frame.language, step.purpose);
  const template = maySay(phrase) ? phrase : '{topic}';
  const room = max - fill(template, { topic: '' }).length;
  const leading = told.slice(0, 1);
  const urges = step.purpose === 'last-call' || step.purpose === 'remind';
  const others = told.filter(({ kind }) => urges || kind !== 'deadline');
  return (
    shortened(leading, room, template) ??
    shortened(leading, max, '{topic}') ??
    whole(others, room, template) ??
    whole(others, max, '{topic}') ??
    clipped(told, room, template)
  );
}

function shortened(told: readonly Told[], room: number, template: string): Sentence | undefined {
  for (const { id, text } of told) {
    const topic = shorten(tidy(text), room);
    // "Reminder: Closing date: 15 March" reads badly; the line is then left to its own label.
    const doubled = topic?.includes(':') === true && template.includes(':');
    if (topic !== undefined && !doubled) return { text: fill(template, { topic }), traces: [id] };
  }
  return undefined;
}

function whole(told: readonly Told[], room: number, template: string): Sentence | undefined {
  const fitting = told.filter(({ text }) => unclosed(tidy(text)).length <= room);
  return shortened(fitting, room, template);
}

const LEAST_CLIPPED_WORDS = 3;

/** The first fact of which enough is left to tell something. */
function clipped(told: readonly Told[], room: number, template: string): Sentence {
  const topics = told.map(({ id, text }) => ({ id, topic: clip(tidy(text), room) }));
  const best =
    topics.find(({ topic }) => topic.split(' ').length >= LEAST_CLIPPED_WORDS) ?? topics[0];
  return { text: fill(template, { topic: best?.topic ?? '' }), traces: [best?.id ?? ''] };
}

/** What the line after the subject is made of. */
export interface PreheaderMaterial {
  readonly told: readonly Told[];
  readonly subject: Sentence;
  readonly fallback: Sentence;
}

/** Gives the line that inboxes show after the subject: a fact that the subject does not tell. */
export function composePreheader({ told, subject, fallback }: PreheaderMaterial): Sentence {
  const said = oneLine(subject.text).toLowerCase();
  const others = told
    .map(({ id, text }) => ({
      id,
      text: shorten(tidy(text), MAX_PREHEADER) ?? clip(tidy(text), MAX_PREHEADER),
    }))
    .filter(({ text }) => !said.includes(oneLine(text).toLowerCase()));
  const fresh = others.find(({ id }) => !subject.traces.includes(id)) ?? others[0];
  if (fresh !== undefined) return { text: fresh.text, traces: [fresh.id] };
  return {
    ...fallback,
    text: shorten(fallback.text, MAX_PREHEADER) ?? clip(fallback.text, MAX_PREHEADER),
  };
}
