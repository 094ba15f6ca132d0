import type { z } from 'zod';

import { defineCheck, fail, pass, type Check } from '../../../src/validation/index.ts';
import type { Requirements, Source } from '../artifact.ts';
import { withholdingFor } from '../assembly/withholding.ts';
import { withoutNotes } from '../brief/find-notes.ts';
import { readSpan, type ReadableBrief } from '../brief/plain-text.ts';
import type { Span } from '../brief/span.ts';
import { WITHHELD } from '../identifiers/index.ts';
import { findDates } from '../lexicon/find-dates.ts';
import { RequirementsFacts } from './facts.ts';

/**
 * Every fact is supported by the place of the brief that it cites: the span lies in the brief, and read again it holds
 * the fact's words and its date. A fact that a person's answer took part in is not recomputed, its spans are.
 */
export const requirementsSourced: Check<RequirementsFacts> = defineCheck({
  id: 'requirements.sourced',
  reads: RequirementsFacts,
  message: 'A requirement cites a place of the brief that does not say it.',
  remedy: 'Run the requirements phase again; a fact must be in the brief or in an answer.',
  timeoutMs: 5000,
  evaluate: ({ input, artifacts: { requirements } }) => {
    const brief = readable(input.brief, requirements);
    const forReaders = { ...brief, text: withoutNotes(input.brief) };
    const unsupported = statementsOf(requirements).filter(
      (statement) => !isSupported(statement.note === true ? brief : forReaders, statement),
    );
    return unsupported.length === 0
      ? pass()
      : fail({ paths: unsupported.map(({ path }) => `artifacts.requirements.${path}`) });
  },
});

type Artifact = z.output<typeof Requirements>;

interface Statement {
  readonly path: string;
  readonly texts: readonly string[];
  readonly date: string | null;
  readonly sources: readonly Source[];
  /** Whether it may cite a note to the brief's makers, which no fact may. */
  readonly note?: boolean;
}

function readable(brief: string, { sender }: Artifact): ReadableBrief {
  const email = sender.email === null ? [] : [sender.email.text.toLowerCase()];
  return { text: brief, edits: withholdingFor(brief, email).edits };
}

/** Every value of the artifact that must be supported, with where it stands in it. */
function statementsOf(requirements: Artifact): readonly Statement[] {
  const { constraints, sender } = requirements;
  const single = {
    title: requirements.title,
    objective: requirements.objective,
    offer: requirements.offer,
    tone: requirements.tone,
    callToAction: requirements.callToAction,
    'sender.name': sender.name,
    'sender.email': sender.email,
    'sender.postalAddress': sender.postalAddress,
  };
  const lists = {
    keyMessages: requirements.keyMessages,
    'constraints.mustSay': constraints.mustSay,
    'constraints.mustNotSay': constraints.mustNotSay,
    complianceNotes: requirements.complianceNotes,
    channels: requirements.channels,
    metrics: requirements.metrics,
  };
  return [
    ...Object.entries(single).flatMap(([path, fact]) =>
      fact === null ? [] : [{ path, texts: [fact.text], date: null, sources: fact.sources }],
    ),
    ...Object.entries(lists).flatMap(([path, facts]) =>
      facts.map(({ text, sources }, index) => ({
        path: `${path}.${index}`,
        texts: [text],
        date: null,
        sources,
      })),
    ),
    ...requirements.audience.map(({ name, description, details = [], sources }, index) => ({
      path: `audience.${index}`,
      texts: [name, description, ...details.map(({ text }) => text)],
      date: null,
      sources,
    })),
    ...requirements.deadlines.map(({ text, date, sources }, index) => ({
      path: `deadlines.${index}`,
      texts: [text],
      date,
      sources,
    })),
    ...furtherStatementsOf(requirements),
    ...requirements.contradictions.map(({ sources }, index) => ({
      path: `contradictions.${index}`,
      texts: [],
      date: null,
      sources,
    })),
  ];
}

/** What is neither a fact of one field nor of a list. */
function furtherStatementsOf({
  constraints,
  wishedEmails,
  notUsed,
}: Artifact): readonly Statement[] {
  return [
    ...constraints.exemptions.map(({ text, sources }, index) => ({
      path: `constraints.exemptions.${index}`,
      texts: [text],
      date: null,
      // An answer exempts a statement, and never says its words.
      sources: sources.filter(({ kind }) => kind === 'brief'),
    })),
    ...(wishedEmails === null
      ? []
      : [
          {
            path: 'wishedEmails',
            texts: [wishedEmails.text],
            date: null,
            sources: wishedEmails.sources,
          },
        ]),
    ...notUsed.passages.map(({ start, end, text }, index) => ({
      path: `notUsed.passages.${index}`,
      texts: text === WITHHELD ? [] : [text],
      date: null,
      sources: [{ kind: 'brief' as const, start, end }],
      note: true,
    })),
  ];
}

function isSupported(brief: ReadableBrief, { texts, date, sources }: Statement): boolean {
  const spans = sources.filter((source) => source.kind === 'brief');
  if (spans.some(({ start, end }) => start >= end || end > brief.text.length)) return false;
  if (sources.some(({ kind }) => kind === 'answer')) return true;
  return (
    spans.some((span) => says(brief, span, texts)) &&
    (date === null || spans.some((span) => hasDate(brief, span, date)))
  );
}

function says(brief: ReadableBrief, span: Span, texts: readonly string[]): boolean {
  const readings = ([' ', ', ', '. '] as const).map((end) => readSpan(brief, span, end).text);
  return readings.some((reading) => texts.every((text) => reading.includes(text)));
}

function hasDate(brief: ReadableBrief, { start, end }: Span, date: string): boolean {
  return findDates(brief.text.slice(start, end)).some(
    ({ readings }) => readings.length === 1 && readings[0] === date,
  );
}
