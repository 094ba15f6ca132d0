import { z } from 'zod';

import type { Answer } from '../../../src/state/index.ts';
import type { Contradiction, Fact, OpenQuestion, Requirements } from '../artifact.ts';
import { findHidden } from '../brief/find-hidden.ts';
import type { Span } from '../brief/span.ts';
import { sentencesOf } from '../brief/sentences.ts';
import { findNotes, withoutNotes } from '../brief/find-notes.ts';
import type { Conflict } from '../conflicts/conflict.ts';
import { candidatesOf, read, type Draft } from '../conflicts/draft.ts';
import { noEmails } from '../conflicts/no-emails.ts';
import { remarksOf } from '../conflicts/remarks.ts';
import { settle } from '../conflicts/settle.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { hasUnsafeLink, TO_SOFTWARE } from '../discovery/statements/to-software.ts';
import type { Passage } from '../discovery/outline-state.ts';
import { namesEvent } from '../lexicon/event-words.ts';
import { detectLanguage } from '../lexicon/languages.ts';
import { askAgain } from './ask-again.ts';
import { readDeadlines, withAnsweredDates } from './deadlines.ts';
import { withExactWords } from './exact-words.ts';
import { exemptionsOf } from './exemptions.ts';
import { inBrief, toFacts, toSegments, toSoleFact } from './facts.ts';
import { limitLists } from './limit-lists.ts';
import type { Lists } from './lists.ts';
import {
  answeredFact,
  answeredFacts,
  answeredSegments,
  isPostalAddress,
  questionFor,
  tellsSomething,
} from './required.ts';
import { readWishedEmails } from './wished-emails.ts';
import { withholding } from './withholding.ts';
import { askAboutSuspicious } from '../suspicious/ask-suspicious.ts';
import { notUsedOf, unusedIn, usedSpans } from '../unused/not-used.ts';
import { unreadRules } from '../unused/unread-rules.ts';
import type { RequiredPath } from '../wording/wording.ts';

/** What requirements are made of. */
export interface Discovered {
  readonly brief: string;
  readonly candidates: readonly Candidate[];
  /** What a reader of the brief sees of it, piece by piece. */
  readonly passages: readonly Passage[];
  /** Oldest first. */
  readonly answers: readonly Answer[];
}

/**
 * Makes requirements of the places that were found in a brief, and of the answers given so far. What contradicts
 * itself or is missing is asked; nothing is filled in. The same input gives the same requirements.
 */
export function assemble({ brief, candidates, passages, answers }: Discovered): Requirements {
  const answered = answeredFact('sender-email', 'sender.email', answers)?.text;
  const withheld = withholding(brief, candidates, answered);
  const raw = draftOf({ brief, candidates, passages, answers }, withheld.edits);
  const speaking = candidates.flatMap((candidate) => toReaders(raw, candidate));
  const claimed = [...candidates, ...noEmails(raw).flatMap(({ sources }) => sources)];
  const rules = unreadRules(raw, unusedIn(raw, passages, claimed), answers);
  const examined = askAboutSuspicious({ ...raw, candidates: speaking }, answers);
  const found = [...examined.candidates, ...rules.candidates];
  const { draft: settled, conflicts } = settle({ ...raw, candidates: found }, answers);
  const draft = withAnsweredDates(settled, answers);
  const wish = readWishedEmails(draft, answers);
  const known = factsOf(draft, answers, wish.wished);
  const limited = withExactWords(
    limitLists(known, draft.language, answers),
    { brief, language: draft.language },
    answers,
  );
  const dates = readDeadlines(draft, conflicts);
  const missing = missingIn(limited.lists);
  const contradictions = conflicts.map(toContradiction);
  const others = [limited, dates, wish, rules, examined].flatMap(({ questions: asked }) => asked);
  const questions: OpenQuestion[] = [
    ...missing.map((path) => questionFor(path, draft.language)),
    ...others,
    ...conflicts.map(toQuestion),
  ];
  const dropped = candidates.filter(
    (candidate) => !speaking.includes(candidate) && TO_SOFTWARE.test(read(raw, candidate).text),
  ).length;
  const decided = found.filter((candidate) => !draft.candidates.includes(candidate));
  const used = usedSpans(limited.lists, contradictions, [
    ...decided,
    ...candidatesOf(draft, 'language'),
    ...raw.remarks.filter((remark) => !draft.remarks.includes(remark)),
  ]);
  return {
    ...limited.lists,
    language: draft.language,
    missing: [...missing, ...others.map(({ path }) => path)],
    contradictions,
    questions: questions.map((question) => askAgain(question, draft.language, answers)),
    withheld: [
      ...withheld.counts,
      ...(dropped === 0 ? [] : [{ type: 'instruction-to-software', count: dropped }]),
    ],
    notUsed: notUsedOf(brief, unusedIn(draft, passages, used)),
  };
}

function draftOf({ brief, candidates, passages }: Discovered, edits: Draft['edits']): Draft {
  const notes = findNotes(brief);
  return {
    text: withoutNotes(brief, notes),
    brief,
    language: detectLanguage(visible(brief)),
    candidates,
    edits,
    exemptions: [],
    remarks: remarksOf({ brief, passages, notes, candidates, edits }),
    notes,
  };
}

/** A statement up to the sentence that speaks to software or links to a program; none at all when it begins with it. */
function toReaders(draft: Draft, candidate: Candidate): readonly Candidate[] {
  const isNone = (span: Span): boolean =>
    TO_SOFTWARE.test(read(draft, span).text) ||
    hasUnsafeLink(draft.text.slice(span.start, span.end));
  if (!isNone(candidate)) return [candidate];
  const sentences = sentencesOf(draft.text, candidate);
  const first = sentences.findIndex(isNone);
  const last = sentences[first - 1];
  return last === undefined ? [] : [{ ...candidate, end: last.end }];
}

function factsOf(
  draft: Draft,
  answers: readonly Answer[],
  wishedEmails: Lists['wishedEmails'],
): Lists {
  const sole = (id: string, field: Candidate['field']): Fact | null =>
    toSoleFact(draft, id, candidatesOf(draft, field));
  const asked = (id: string, field: 'objective'): Fact | null =>
    sole(id, field) ?? answeredFact(id, field, answers);
  const list = (name: string, ...fields: readonly Candidate['field'][]): Fact[] =>
    toFacts(draft, name, candidatesOf(draft, ...fields));
  const segments = toSegments(draft, candidatesOf(draft, 'audience'));
  const offer = sole('offer', 'offer');
  const messages = list('key-message', 'keyMessages').filter(({ text }) => tellsSomething(text));
  const told = offer !== null || messages.length > 0;
  return {
    title: titleOf(draft),
    objective: asked('objective', 'objective'),
    audience: segments.length > 0 ? segments : answeredSegments(answers),
    offer,
    keyMessages: told ? messages : answeredFacts('key-message', 'keyMessages', answers),
    tone: sole('tone', 'tone'),
    constraints: {
      mustSay: list('must-say', 'mustSay'),
      mustNotSay: list('must-not-say', 'mustNotSay'),
      exemptions: exemptionsOf(draft),
    },
    wishedEmails,
    complianceNotes: [
      ...list('exclusion', 'excluded'),
      ...list('compliance-note', 'complianceNotes'),
    ],
    deadlines: [...readDeadlines(draft).deadlines],
    channels: list('channel', 'channels'),
    metrics: list('metric', 'metrics'),
    callToAction: withCleanAddress(sole('call-to-action', 'callToAction'), answers),
    sender: senderOf(draft, answers),
  };
}

/** What people are invited to names a campaign before anything else that is called its title. */
function titleOf(draft: Draft): Fact | null {
  const candidates = candidatesOf(draft, 'title');
  const events = candidates.filter((candidate) => namesEvent(read(draft, candidate).text));
  return toSoleFact(draft, 'title', [...events, ...candidates]);
}

/** A web address that goes on with a sign that no address has: cutting it would send readers elsewhere. */
const UNCLEAN_ADDRESS = /https?:\/\/[^\s"'`<>|\\^{}„“”«»]*["'`<>|\\^{}]+[\p{L}\p{N}<>=({/]/iu;

/** The action as the brief has it; asked for when its address is none that can be taken as it stands. */
function withCleanAddress(action: Fact | null, answers: readonly Answer[]): Fact | null {
  const known = [action, answeredFact('call-to-action', 'callToAction', answers)];
  return known.find((fact) => fact !== null && !UNCLEAN_ADDRESS.test(fact.text)) ?? null;
}

function senderOf(draft: Draft, answers: readonly Answer[]): Lists['sender'] {
  const email = toSoleFact(draft, 'sender-email', candidatesOf(draft, 'sender.email'));
  const address = toSoleFact(
    draft,
    'sender-postal-address',
    candidatesOf(draft, 'sender.postalAddress'),
  );
  const validEmail = email !== null && z.email().safeParse(email.text).success;
  const validAddress = address !== null && isPostalAddress(address.text);
  return {
    name:
      toSoleFact(draft, 'sender-name', candidatesOf(draft, 'sender.name')) ??
      answeredFact('sender-name', 'sender.name', answers),
    email: validEmail ? email : answeredFact('sender-email', 'sender.email', answers),
    postalAddress: validAddress
      ? address
      : answeredFact('sender-postal-address', 'sender.postalAddress', answers),
  };
}

/** What a lawful campaign by email cannot do without. */
function missingIn(known: Lists): readonly RequiredPath[] {
  const missing: RequiredPath[] = [];
  if (known.objective === null) missing.push('objective');
  if (known.audience.length === 0) missing.push('audience');
  if (known.offer === null && known.keyMessages.length === 0) missing.push('keyMessages');
  if (known.callToAction === null) missing.push('callToAction');
  if (known.sender.name === null) missing.push('sender.name');
  if (known.sender.email === null) missing.push('sender.email');
  if (known.sender.postalAddress === null) missing.push('sender.postalAddress');
  return missing;
}

function toContradiction({ id, field, text, sources }: Conflict): Contradiction {
  return { id, field, text, sources: sources.map(inBrief) };
}

function toQuestion({ id, field, text, options }: Conflict): OpenQuestion {
  return { id, text, path: field, options: [...options] };
}

function visible(brief: string): string {
  let text = '';
  let at = 0;
  for (const { start, end } of findHidden(brief)) {
    text += brief.slice(at, start);
    at = end;
  }
  return text + brief.slice(at);
}
