import { notSatisfied, satisfied, undecided, type Judgement } from '../judgement.ts';
import type { Probe } from '../facts/vocabulary.ts';
import { daysBetween } from './spans.ts';

/** Which probes there have to be. */
export interface ProbeQuestion {
  readonly ids: readonly Probe['id'][];
  /** Days for which a probe holds. */
  readonly maxDays: number;
  readonly now: string;
  /** Where the probes stand; `probes` unless told. */
  readonly path?: string;
}

/** Tells whether the latest probe of each kind was denied and gave nothing away, and is recent enough. */
export function judgeProbes(
  probes: readonly Probe[],
  { ids, maxDays, now, path = 'probes' }: ProbeQuestion,
): Judgement {
  const latest = ids.map((id) => ({
    id,
    probe: probes
      .filter((probe) => probe.id === id && Date.parse(probe.at) <= Date.parse(now))
      .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
      .at(-1),
  }));
  const wrong = latest.filter(({ probe }) => probe && (!probe.denied || probe.leaked));
  if (wrong.length > 0)
    return notSatisfied(`A probe was not denied, or gave something away: ${named(wrong)}.`, {
      remedy: 'Mend what let the probe through, and probe again.',
      paths: [path],
    });
  const lacking = latest.filter(
    ({ probe }) => probe === undefined || daysBetween(probe.at, now) > maxDays,
  );
  if (lacking.length > 0)
    return undecided(`No recent probe is recorded: ${named(lacking)}.`, {
      remedy: `Run the probes; one holds for ${maxDays} days.`,
      paths: [path],
    });
  return satisfied(`Probes were denied and gave nothing away: ${named(latest)}.`);
}

function named(probes: readonly { readonly id: string }[]): string {
  return probes.map(({ id }) => id).join(', ');
}
