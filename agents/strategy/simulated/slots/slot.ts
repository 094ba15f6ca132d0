import type { DatedDeadline } from '../../judging/calendar.ts';
import type { Purpose } from '../../phrases/phrases.ts';

/** One email of the sequence before it has content: what for, and on which day. */
export interface Slot {
  readonly purpose: Purpose;
  readonly dayOffset: number;
  /** The deadline that binds it, if one does. */
  readonly closing: DatedDeadline | undefined;
  /** The day that the brief sets for it, ISO-8601; undefined where it sets none. */
  readonly on?: string | undefined;
}
