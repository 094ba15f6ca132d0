import { PLAN_LIMITS, type Strategy } from '../artifact.ts';
import { clipped } from './wording.ts';

/** Gives `plan` within {@link PLAN_LIMITS}: long texts are shortened, and what comes last in a long list is left out. */
export function bounded(plan: Strategy): Strategy {
  return {
    ...plan,
    title: name(plan.title),
    objective: element(plan.objective),
    tone: element(plan.tone),
    segments: plan.segments.slice(0, PLAN_LIMITS.segments).map((segment) => ({
      ...traced(segment),
      name: name(segment.name),
      message: fitting(segment.message, PLAN_LIMITS.messageCharacters),
    })),
    sequence: plan.sequence.slice(0, PLAN_LIMITS.steps).map((step) => ({
      ...traced(step),
      title: name(step.title),
      subjectApproach: text(step.subjectApproach),
      facts: step.facts.slice(0, PLAN_LIMITS.facts),
    })),
    subjectLines: { ...traced(plan.subjectLines), approach: text(plan.subjectLines.approach) },
    callToAction: element(plan.callToAction),
    risks: plan.risks
      .slice(0, PLAN_LIMITS.risks)
      .map((risk) => ({ ...element(risk), mitigation: text(risk.mitigation) })),
    measures: plan.measures.slice(0, PLAN_LIMITS.measures).map(element),
  };
}

function element<Element extends { readonly text: string; readonly traces: string[] }>(
  part: Element,
): Element {
  return { ...traced(part), text: text(part.text) };
}

function traced<Element extends { readonly traces: string[] }>(part: Element): Element {
  return { ...part, traces: part.traces.slice(0, PLAN_LIMITS.traces) };
}

function name(words: string): string {
  return fitting(words, PLAN_LIMITS.nameCharacters);
}

function text(words: string): string {
  return fitting(words, PLAN_LIMITS.textCharacters);
}

// The ellipsis takes a place.
function fitting(words: string, maxCharacters: number): string {
  return words.length <= maxCharacters ? words : clipped(words, maxCharacters - 1);
}
