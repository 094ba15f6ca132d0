import type { RunReport } from '../../workflow/index.ts';
import type { App } from '../open-app.ts';

/** A fact of the house that a gate asked for and that nobody tells. */
export interface MissingFact {
  /** Its key in the file with facts of the house. */
  readonly fact: string;
  /** `file:line:column` behind which it would stand; undefined where no file is configured. */
  readonly place: string | undefined;
  /** Ids of the checks that ask for it. */
  readonly checks: readonly string[];
}

/** Names the facts of the house for want of which a gate holds a run. */
export function missingFacts(
  { houseFacts }: Pick<App, 'houseFacts'>,
  { workflow, verdicts }: Pick<RunReport, 'workflow' | 'verdicts'>,
): readonly MissingFact[] {
  const told = new Set(Object.keys(houseFacts.of(workflow)));
  const missing = new Map<string, string[]>();
  for (const { id, outcome, mode, paths } of verdicts.at(-1)?.checks ?? []) {
    if (outcome !== 'undetermined' || mode !== 'deny') continue;
    for (const path of paths) {
      const [section, fact = ''] = path.split('.');
      if (section !== 'compliance' || told.has(fact)) continue;
      missing.set(fact, [...new Set([...(missing.get(fact) ?? []), id])]);
    }
  }
  const place = houseFacts.placeFor(workflow);
  return [...missing].map(([fact, checks]) => ({ fact, place, checks }));
}
