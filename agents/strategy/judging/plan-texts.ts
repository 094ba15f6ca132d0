import type { Strategy } from '../artifact.ts';

/** A text of the plan, and where it stands in it. */
export interface PlanText {
  /** Such as `sequence[1].title`. */
  readonly path: string;
  readonly text: string;
  /** A name or an objective taken over from the brief; it is never mailed, so wording rules do not bind it. */
  readonly label: boolean;
}

/** An element of the plan that is traced, and where it stands in it. */
export interface PlanTraces {
  readonly path: string;
  readonly ids: readonly string[];
}

/** Every text of the plan that people read. */
export function planTexts(plan: Strategy): readonly PlanText[] {
  const labels = [
    ['objective.text', plan.objective.text],
    ...plan.segments.map(({ name }, index) => [`segments[${index}].name`, name]),
  ] as const;
  const wording = [
    ['title', plan.title],
    ['tone.text', plan.tone.text],
    ['subjectLines.approach', plan.subjectLines.approach],
    ['callToAction.text', plan.callToAction.text],
    ...plan.segments.map(({ message }, index) => [`segments[${index}].message`, message]),
    ...plan.sequence.flatMap(({ title, subjectApproach }, index) => [
      [`sequence[${index}].title`, title],
      [`sequence[${index}].subjectApproach`, subjectApproach],
    ]),
    ...plan.risks.flatMap(({ text, mitigation }, index) => [
      [`risks[${index}].text`, text],
      [`risks[${index}].mitigation`, mitigation],
    ]),
    ...plan.measures.map(({ text }, index) => [`measures[${index}].text`, text]),
  ] as const;
  return [
    ...labels.map(([path = '', text = '']) => ({ path, text, label: true })),
    ...wording.map(([path = '', text = '']) => ({ path, text, label: false })),
  ];
}

/** Everything in the plan that says what it rests on. */
export function planTraces(plan: Strategy): readonly PlanTraces[] {
  return [
    { path: 'objective.traces', ids: plan.objective.traces },
    { path: 'tone.traces', ids: plan.tone.traces },
    { path: 'subjectLines.traces', ids: plan.subjectLines.traces },
    { path: 'callToAction.traces', ids: plan.callToAction.traces },
    ...plan.segments.map(({ traces }, index) => ({
      path: `segments[${index}].traces`,
      ids: traces,
    })),
    ...plan.sequence.flatMap(({ facts, traces }, index) => [
      { path: `sequence[${index}].facts`, ids: facts },
      { path: `sequence[${index}].traces`, ids: traces },
    ]),
    ...plan.risks.map(({ traces }, index) => ({ path: `risks[${index}].traces`, ids: traces })),
    ...plan.measures.map(({ traces }, index) => ({
      path: `measures[${index}].traces`,
      ids: traces,
    })),
  ];
}
