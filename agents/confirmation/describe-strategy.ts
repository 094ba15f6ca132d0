import { inlineText, markdownTable } from '../../src/workflow/index.ts';
import type { Requirements } from '../requirements/artifact.ts';
import type { Strategy } from '../strategy/artifact.ts';
import type { Confirmation } from './artifact.ts';
import { citations, type Citations } from './cite-sources.ts';
import { fillLabel } from './fill-label.ts';
import { labelsByLanguage } from './labels/labels-by-language.ts';
import type { Labels } from './labels/labels.ts';

const TEXT_CHARACTERS = 400;
const COMMENT_CHARACTERS = 300;

/** What a person is shown. */
export interface Shown {
  readonly requirements: Requirements;
  readonly strategy: Strategy;
  /** What was decided the last time, if the person was asked before. */
  readonly previous: Confirmation | undefined;
  /** Why the same question comes again, if a gate refused what was decided. */
  readonly reasons: readonly { readonly message: string; readonly remedy: string }[];
}

/** Gives the plan as Markdown for the person who decides, in the language of the plan. */
export function describeStrategy(shown: Shown): string {
  const { requirements, strategy } = shown;
  const labels = labelsByLanguage[strategy.language];
  const cited = citations(requirements, labels.fromAnswer);
  const view: View = { ...shown, labels, cited };
  const sections = [
    header(view),
    news(view),
    basics(view),
    segments(view),
    sequence(view),
    risks(view),
    measures(view),
    openMatters(view),
    notUsed(view),
    `## ${labels.sources}\n\n${cited.list().join('\n')}`,
    answers(view),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

interface View extends Shown {
  readonly labels: Labels;
  readonly cited: Citations;
}

function header({ strategy, labels }: View): string {
  const total = strategy.sequence.reduce((sum, step) => sum + step.segments.length, 0);
  const counts = { emails: strategy.sequence.length, segments: strategy.segments.length, total };
  return [
    `# ${labels.heading}`,
    `**${inlineText(strategy.title)}**`,
    `${fillLabel(labels.summary, counts)}\n${labels.next}`,
  ].join('\n\n');
}

/** What happened since the person was asked the last time. */
function news({ strategy, labels, previous, reasons }: View): string {
  if (reasons.length > 0) {
    const lines = reasons.map(({ message, remedy }) => `> - ${inlineText(`${message} ${remedy}`)}`);
    return [`> **${labels.again}**`, ...lines].join('\n');
  }
  if (previous === undefined) return '';
  if (previous.decision === 'undecided') return `> ${labels.notYet}`;
  const changed = changedParts(previous.strategy, strategy, labels);
  const comment = inlineText(previous.comment, COMMENT_CHARACTERS);
  return [
    ...(comment === '' ? [] : [`> **${labels.yourComment}:** “${comment}”`, '>']),
    changed.length === 0
      ? `> ${labels.unchanged}`
      : `> **${labels.changed}:** ${changed.join(', ')}`,
  ].join('\n');
}

function changedParts(before: Strategy, now: Strategy, labels: Labels): readonly string[] {
  const differs = (part: (plan: Strategy) => unknown): boolean =>
    JSON.stringify(part(before)) !== JSON.stringify(part(now));
  const counts = `${before.sequence.length} → ${now.sequence.length}`;
  const sequenceLabel =
    before.sequence.length === now.sequence.length
      ? labels.sequence
      : `${labels.sequence} (${counts})`;
  return [
    ...(differs(({ objective }) => objective) ? [labels.goal] : []),
    ...(differs(({ tone }) => tone) ? [labels.tone] : []),
    ...(differs(({ callToAction }) => callToAction) ? [labels.action] : []),
    ...(differs(({ subjectLines }) => subjectLines) ? [labels.subjectLines] : []),
    ...(differs((plan) => plan.segments) ? [labels.segments] : []),
    ...(differs((plan) => plan.sequence) ? [sequenceLabel] : []),
    ...(differs((plan) => plan.risks) ? [labels.risks] : []),
    ...(differs((plan) => plan.measures) ? [labels.measures] : []),
  ];
}

function basics({ strategy, labels, cited }: View): string {
  const { objective, tone, callToAction, subjectLines } = strategy;
  const limit = fillLabel(labels.characters, { count: subjectLines.maxCharacters });
  return [
    `- **${labels.goal}:** ${inlineText(objective.text, TEXT_CHARACTERS)} ${cited.cite(objective.traces)}`,
    `- **${labels.action}:** ${inlineText(callToAction.text, TEXT_CHARACTERS)} ${cited.cite(callToAction.traces)}`,
    `- **${labels.tone}:** ${inlineText(tone.text, TEXT_CHARACTERS)} ${cited.cite(tone.traces)}`,
    `- **${labels.subjectLines}** (${limit}): ${inlineText(subjectLines.approach, TEXT_CHARACTERS)} ${cited.cite(subjectLines.traces)}`,
  ].join('\n');
}

function segments({ strategy, labels, cited }: View): string {
  const rows = strategy.segments.map(({ name, message, traces }) => [
    `**${inlineText(name)}**`,
    inlineText(message, TEXT_CHARACTERS),
    cited.cite(traces),
  ]);
  return `## ${labels.segments}\n\n${markdownTable([labels.segment, labels.message, labels.from], rows)}`;
}

function sequence({ strategy, labels, cited }: View): string {
  const names = new Map(strategy.segments.map(({ id, name }) => [id, inlineText(name)]));
  const steps = strategy.sequence.map((step, index) => {
    const everyone = strategy.segments.every(({ id }) => step.segments.includes(id));
    const readers = everyone
      ? labels.everyone
      : step.segments.map((id) => names.get(id) ?? inlineText(id)).join(', ');
    const when = [
      fillLabel(labels.day, { day: step.dayOffset }),
      ...(step.notAfter === null ? [] : [fillLabel(labels.outBy, { date: step.notAfter })]),
      `${labels.to} ${readers}`,
    ].join(' · ');
    const others = step.traces.filter((id) => !step.facts.includes(id));
    return [
      `${index + 1}. **${inlineText(step.title)}**`,
      `   - ${when}`,
      `   - ${labels.subject}: ${inlineText(step.subjectApproach, TEXT_CHARACTERS)}`,
      `   - ${labels.tells}: ${cited.cite(step.facts)}${others.length > 0 ? ` · ${labels.from}: ${cited.cite(others)}` : ''}`,
    ].join('\n');
  });
  return `## ${labels.sequence}\n\n${steps.join('\n')}`;
}

function risks({ strategy, labels, cited }: View): string {
  if (strategy.risks.length === 0) return '';
  const lines = strategy.risks.map(
    ({ text, mitigation, traces }) =>
      `- **${inlineText(text, TEXT_CHARACTERS)}** ${inlineText(mitigation, TEXT_CHARACTERS)} ${cited.cite(traces)}`,
  );
  return `## ${labels.risks}\n\n${lines.join('\n')}`;
}

function measures({ strategy, labels, cited }: View): string {
  if (strategy.measures.length === 0) return '';
  const lines = strategy.measures.map(
    ({ text, traces }) => `- ${inlineText(text, TEXT_CHARACTERS)} ${cited.cite(traces)}`,
  );
  return `## ${labels.measures}\n\n${lines.join('\n')}`;
}

function openMatters({ requirements, labels }: View): string {
  const withheld = requirements.withheld.reduce((sum, { count }) => sum + count, 0);
  const lines = [
    ...(requirements.missing.length > 0
      ? [`- ${labels.missing}: ${requirements.missing.map((path) => inlineText(path)).join(', ')}`]
      : []),
    ...requirements.contradictions.map(
      ({ text }) => `- ${labels.contradiction}: ${inlineText(text, TEXT_CHARACTERS)}`,
    ),
    ...(withheld > 0 ? [`- ${fillLabel(labels.withheld, { count: withheld })}`] : []),
  ];
  return lines.length === 0 ? '' : `## ${labels.open}\n\n${lines.join('\n')}`;
}

const NOT_USED_SHOWN = 12;
const NOT_USED_CHARACTERS = 140;

/** What of the brief nothing was taken from, so that a person sees what was overlooked. */
function notUsed({ requirements, labels }: View): string {
  const { passages, more } = requirements.notUsed;
  if (passages.length === 0) return '';
  const shown = passages.slice(0, NOT_USED_SHOWN);
  const rest = passages.length - shown.length + more;
  const lines = shown.map(
    ({ line, text }) =>
      `- ${fillLabel(labels.line, { line })}: “${inlineText(text, NOT_USED_CHARACTERS)}”`,
  );
  const others = rest === 0 ? [] : [`- ${fillLabel(labels.more, { count: rest })}`];
  return `## ${labels.notUsed}\n\n${[...lines, ...others].join('\n')}`;
}

function answers({ labels }: View): string {
  const { approve, edit, respond, reject } = labels;
  return `## ${labels.answers}\n\n${[approve, edit, respond, reject].map((line) => `- ${line}`).join('\n')}`;
}
