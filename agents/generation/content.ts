import type { Manner, SendPlan } from '../strategy/artifact.ts';
import type { Purpose } from './language/phrase-table.ts';

/** One sentence, list item or label. Without traces it is a phrase of ours that states nothing. */
export interface Sentence {
  readonly text: string;
  /** Ids of the requirements that it rests on. */
  readonly traces: readonly string[];
}

/** A part of an email's body. */
export type Block =
  | { readonly kind: 'paragraph'; readonly sentences: readonly Sentence[] }
  | { readonly kind: 'list'; readonly intro: Sentence; readonly items: readonly Sentence[] };

/** What an email says, before it is laid out; greeting, sign-off and footer come from the phrase tables. */
export interface Content {
  readonly subject: Sentence;
  readonly preheader: Sentence;
  readonly headline: Sentence | undefined;
  readonly blocks: readonly Block[];
  /** After the action: what has to be said and is not part of the message. */
  readonly notes: readonly Sentence[];
  readonly action: { readonly label: Sentence; readonly href: string };
}

/** Around the content: who writes, to whom, in which language and register. */
export interface Frame {
  readonly step: string;
  readonly segment: string;
  readonly purpose: Purpose;
  readonly segmentName: string;
  readonly send: SendPlan;
  readonly language: Language;
  readonly register: Register;
  /** Chooses greeting and sign-off. */
  readonly manner: Manner;
  readonly sender: Sender;
}

/** Languages with a phrase table, as BCP 47 primary tags. */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt';

/** How the reader is addressed: formal (Sie, vous, usted) or friendly (du, tu). */
export type Register = 'formal' | 'friendly';

/** Who the emails are from, as the requirements say it. */
export interface Sender {
  readonly name: string;
  readonly email: string;
  readonly postalAddress: string;
}
