import type { Manner } from '../../strategy/artifact.ts';

/** Why an email of the sequence is sent. */
export type Purpose = 'announce' | 'explain' | 'remind' | 'last-call' | 'follow-up';

/** What is said around the facts, in one register. None of it states anything about the sender's offer. */
export interface Phrases {
  readonly greeting: Readonly<Record<Manner, string>>;
  readonly openings: Readonly<Record<Purpose, string>>;
  /** Before a list of facts. */
  readonly essentials: string;
  /** Around an offer that is no sentence; `{text}` is the offer. */
  readonly offer: string;
  /** Around one fact that is no sentence; `{text}` is the fact. */
  readonly note: string;
  /** Around a date that is no sentence; `{text}` is the date as the brief words it. */
  readonly date: string;
  /** Around the day on which something ends, where the brief does not word it for readers; `{text}` is the day. */
  readonly closing: string;
  /** The button, when the call to action is too long for one. */
  readonly action: string;
  /** `{email}` is the sender's address. */
  readonly questions: string;
  readonly signOff: Readonly<Record<Manner, string>>;
  /** `{sender}` and `{address}`. */
  readonly origin: string;
  readonly leaving: string;
  readonly unsubscribe: string;
}

/** A language's phrases, and its subject lines, where `{topic}` is told in the brief's own words. */
export interface PhraseTable {
  readonly subjects: Readonly<Record<Purpose, string>>;
  /** Where nothing else fits into a subject line; `{sender}` is the sender's name. */
  readonly senderSubjects: Readonly<Record<Purpose, string>>;
  readonly formal: Phrases;
  readonly friendly: Phrases;
}
