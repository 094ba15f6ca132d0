import { undecided } from './term.ts';

/** Elements looked at, or pieces of text, in one decision of a rule: some tens of milliseconds at most. */
const MAX_WORK = 1_000_000;
/** Characters that cost as much as an element. */
const PIECE = 16;

/** An evaluation never waits, so that one count at a time is enough. */
let spent = 0;

/** Begins the count of a rule's work. */
export function startWork(): void {
  spent = 0;
}

/** Counts work, and ends the evaluation where it is too much: nothing else could interrupt it. */
export function spend(amount: number): void {
  spent += amount;
  if (spent > MAX_WORK) undecided('it takes too much work');
}

/** Counts a text that is gone through, as often as `times` says. */
export function spendText(text: string, times: number = 1): void {
  spend((text.length * times) / PIECE);
}
