import type { Requirements } from '../../requirements/artifact.ts';
import { calendarOf, dateAfter, earlier } from './calendar.ts';

/** What of a step says when it is due. */
type Timed = Pick<SendPlan, 'dayOffset' | 'notAfter'>;

/** When an email is planned to go out. Dates are ISO-8601. */
export interface SendPlan {
  /** Days after the first email of the campaign. */
  readonly dayOffset: number;
  /** The planned day; null when the brief holds no date to count from. */
  readonly on: string | null;
  /** The last day that still keeps every date; null when none binds the email. */
  readonly notAfter: string | null;
}

/**
 * Plans the day of each step of a sequence: counted from the day that the brief gives for the start, else from the latest day
 * that still leaves every email its time before what ends.
 */
export function sendPlan(
  requirements: Requirements,
  { sequence }: { readonly sequence: readonly Timed[] },
): (step: Timed) => SendPlan {
  const start = startOf(requirements, sequence);
  return ({ dayOffset, notAfter }) => {
    const day = start === undefined ? null : dateAfter(start, dayOffset);
    const on = day === null || notAfter === null ? day : earlier(day, notAfter);
    return { dayOffset, on, notAfter };
  };
}

function startOf(requirements: Requirements, sequence: readonly Timed[]): string | undefined {
  const { opening } = calendarOf(requirements);
  const first = sequence[0]?.notAfter ?? opening?.date;
  if (opening !== undefined && first !== undefined) return earlier(first, opening.date);
  return sequence
    .flatMap(({ dayOffset, notAfter }) =>
      notAfter === null ? [] : [dateAfter(notAfter, -dayOffset)],
    )
    .toSorted()[0];
}
