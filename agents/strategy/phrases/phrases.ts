/** What an email of the sequence is for, as the plan names it. */
export type Purpose = 'announce' | 'explain' | 'remind' | 'last-call' | 'follow-up';

/** What a campaign wants of its readers; read from the objective's words. */
export type ObjectiveKind =
  | 'sell'
  | 'register'
  | 'inform'
  | 'win-back'
  | 'retain'
  | 'donate'
  | 'engage';

/** How a campaign speaks; read from the tone's words. */
export type Manner = 'formal' | 'warm' | 'playful' | 'plain';

export type RiskKind =
  | 'one-date'
  | 'many-dates'
  | 'no-closing'
  | 'preparation'
  | 'goal-date'
  | 'undated'
  | 'tight'
  | 'wording'
  | 'conflict'
  | 'thin'
  | 'withheld'
  | 'regulated'
  | 'one-segment'
  | 'same-message'
  | 'no-metrics'
  | 'no-action'
  | 'action-changed'
  | 'fewer';

/** A risk or a note, and what to do about it. */
export interface RiskPhrase {
  readonly text: string;
  readonly mitigation: string;
}

/**
 * The connecting words of a plan in one language. `{name}` marks a place that the requirements fill.
 * No phrase holds a figure, a date, or anything that only a brief may say.
 */
export interface Phrases {
  readonly title: string;
  readonly titleBare: string;
  readonly objectiveBare: string;
  readonly toneBare: string;
  readonly message: {
    readonly offerFirst: string;
    readonly pointFirst: string;
    readonly alone: string;
    readonly speakTo: string;
    readonly need: string;
  };
  readonly step: Readonly<Record<Purpose, string>>;
  readonly subject: Readonly<Record<Purpose, string>>;
  readonly subjectLines: Readonly<Record<Manner, string>>;
  readonly maxCharacters: number;
  readonly action: Readonly<Record<ObjectiveKind, string>>;
  readonly risk: Readonly<Record<RiskKind, RiskPhrase>>;
  readonly measure: {
    readonly opens: string;
    readonly clicks: string;
    readonly unsubscribes: string;
    readonly outcome: Readonly<Record<ObjectiveKind, string>>;
  };
  readonly review: {
    readonly notUnderstood: RiskPhrase;
    readonly figure: RiskPhrase;
    readonly silent: RiskPhrase;
    readonly moreFormal: string;
    readonly lessFormal: string;
  };
}
