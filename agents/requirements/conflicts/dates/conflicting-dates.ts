import { writeDate } from '../../lexicon/calendar.ts';
import { soleDate } from '../../lexicon/find-dates.ts';
import { CONFLICT, say } from '../../wording/wording.ts';
import { conflictId, quoteAll, type Conflict } from '../conflict.ts';
import type { Draft } from '../draft.ts';
import { reversedDates } from './reversed-dates.ts';
import { rewritten } from './rewritten.ts';
import { areOfOneThing } from './same-date.ts';
import { setDates, type SetDate } from './set-dates.ts';

/** Finds dates that differ where one thing is meant, and ends that come before their beginning. */
export function conflictingDates(draft: Draft): readonly Conflict[] {
  const dates = setDates(draft);
  return [...differing(draft, dates), ...reversedDates(draft, dates)];
}

function differing(draft: Draft, dates: readonly SetDate[]): readonly Conflict[] {
  const clusters: SetDate[][] = [];
  const inOrder = dates.toSorted((one, other) => one.start - other.start);
  for (const date of inOrder) {
    const cluster = clusters.find((members) =>
      members.some((member) => areOfOneThing(draft.brief, member, date)),
    );
    if (cluster === undefined) clusters.push([date]);
    else cluster.push(date);
  }
  return clusters.filter(differ).map((cluster) => toConflict(draft, cluster));
}

/** Without the year of one of them, day and month are compared. */
function differ(cluster: readonly SetDate[]): boolean {
  const from = cluster.some(({ yearless }) => yearless) ? 'yyyy'.length : 0;
  return new Set(cluster.map(({ date }) => date.slice(from))).size > 1;
}

function toConflict(draft: Draft, places: readonly SetDate[]): Conflict {
  const dates = [...new Set(places.map(({ date }) => date))];
  const yearless = places.some((place) => place.yearless);
  return {
    id: conflictId('deadlines', dates),
    field: 'deadlines',
    text: say(
      CONFLICT[yearless ? 'dayAndYear' : 'dates'][draft.language],
      quoteAll(places.map(({ shown }) => shown)),
    ),
    sources: places.map(({ statement }) => statement),
    // Without a year there is nothing to choose by: a person gives the whole date.
    options: yearless ? [] : dates.map((date) => writeDate(date, draft.language)),
    resolve: ({ option, text }) => {
      const chosen = option === undefined ? soleDate(text) : dates[option];
      return chosen === undefined
        ? undefined
        : { edits: rewritten(draft, places, chosen), drops: [] };
    },
  };
}
