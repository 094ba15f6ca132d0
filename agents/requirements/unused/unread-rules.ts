import { digestOf } from '../../../src/kernel/index.ts';
import type { Answer } from '../../../src/state/index.ts';
import type { OpenQuestion } from '../artifact.ts';
import type { Draft } from '../conflicts/draft.ts';
import { shorten } from '../conflicts/conflict.ts';
import { choiceOf } from '../conflicts/choice.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { forbiddenWordsIn, requiredPhrasesIn } from '../discovery/split-phrases.ts';
import type { Span } from '../brief/span.ts';
import type { Unused } from './not-used.ts';
import { RULE_MEANS, UNREAD_RULE } from '../wording/rules.ts';
import { say } from '../wording/wording.ts';

/** More of them than this are listed as not used, and not asked about one by one. */
const MAX_ASKED = 10;

/** What a person said that a line means which reads like a rule. */
export interface ReadRules {
  /** Constraints and notes that the answers made of the lines. */
  readonly candidates: readonly Candidate[];
  readonly questions: readonly OpenQuestion[];
}

/** Asks what lines mean that read like a prohibition or an obligation and that nothing was taken from. */
export function unreadRules(
  draft: Draft,
  unused: readonly Unused[],
  answers: readonly Answer[],
): ReadRules {
  const candidates: Candidate[] = [];
  const questions: OpenQuestion[] = [];
  for (const line of unused.filter(({ rule }) => rule).slice(0, MAX_ASKED)) {
    const id = `rule-${digestOf({ text: line.text.toLowerCase().toWellFormed() }).slice(0, 8)}`;
    const options = [...RULE_MEANS[draft.language]];
    const chosen = answers
      .filter(({ question }) => question === id)
      .map(({ text }) => choiceOf(text, options).option)
      .findLast((option) => option !== undefined);
    if (chosen === undefined) {
      const text = say(UNREAD_RULE[draft.language], shorten(line.text));
      questions.push({ id, text, path: 'constraints', options });
    } else candidates.push(...candidatesOf(draft.text, line, { id, chosen }));
  }
  return { candidates, questions };
}

/** In the order of the options: words that must not appear, words that must, people to leave out, a note. */
const MEANINGS = ['mustNotSay', 'mustSay', 'excluded', 'complianceNotes'] as const;

function candidatesOf(
  text: string,
  rule: Unused,
  { id, chosen }: { readonly id: string; readonly chosen: number },
): readonly Candidate[] {
  const field = MEANINGS[chosen] ?? 'complianceNotes';
  const value = withoutLabel(text, rule);
  const places =
    field === 'mustNotSay'
      ? forbiddenWordsIn(text, value)
      : field === 'mustSay'
        ? requiredPhrasesIn(text, passageOf(value))
        : [{ start: rule.start, end: rule.end }];
  return places.map(({ start, end }) => ({
    start,
    end,
    field,
    origin: 'label',
    group: rule.start,
    question: id,
  }));
}

function withoutLabel(text: string, { start, end }: Span): Span {
  const label =
    /^[^:.!?\n]{1,60}:\s+/.exec(text.slice(start, Math.min(end, start + 70)))?.[0] ?? '';
  return { start: start + label.length, end };
}

function passageOf({ start, end }: Span): Parameters<typeof requiredPhrasesIn>[1] {
  return {
    start,
    end,
    field: 'mustSay',
    kind: 'item',
    level: 0,
    group: start,
    cells: [],
    labelStart: undefined,
  };
}
