import type { Requirements } from '../../requirements/artifact.ts';

/** What of the requirements an email may rest on. */
export interface TraceableFact {
  readonly id: string;
  /** Everything that it says; several texts for a deadline with a date. */
  readonly texts: readonly string[];
  readonly kind: 'offer' | 'told' | 'deadline' | 'action' | 'segment' | 'must-say' | 'inner';
}

/**
 * Indexes by id all that may hold up a claim. What must not be said is not among it, and neither are the sender's address and
 * name: their figures are no claims.
 */
export function factIndex(requirements: Requirements): ReadonlyMap<string, TraceableFact> {
  const { title, objective, audience, offer, keyMessages, tone, constraints, complianceNotes } =
    requirements;
  const { deadlines, channels, metrics, callToAction } = requirements;
  const entries: readonly TraceableFact[] = [
    ...facts('offer', [offer]),
    ...facts('told', keyMessages),
    ...facts('must-say', constraints.mustSay),
    ...facts('action', [callToAction]),
    ...facts('inner', [title, objective, tone, ...complianceNotes, ...channels, ...metrics]),
    ...audience.map(({ id, name, description }): TraceableFact => ({
      id,
      texts: [name, description],
      kind: 'segment',
    })),
    ...deadlines.map(({ id, text, date }): TraceableFact => ({
      id,
      texts: date === null ? [text] : [text, date],
      kind: 'deadline',
    })),
  ];
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function facts(
  kind: TraceableFact['kind'],
  list: readonly ({ readonly id: string; readonly text: string } | null)[],
): readonly TraceableFact[] {
  return list.filter((fact) => fact !== null).map(({ id, text }) => ({ id, texts: [text], kind }));
}
