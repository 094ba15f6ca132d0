import { claimsTraced } from './claims-traced.ts';
import { complete } from './complete.ts';
import { hasUnsubscribe } from './has-unsubscribe.ts';
import { htmlSafe } from './html-safe.ts';
import { mustNotSay } from './must-not-say.ts';
import { mustSay } from './must-say.ts';
import { noPersonalData } from './no-personal-data.ts';
import { noUnsupportedFigures } from './no-unsupported-figures.ts';
import { senderIdentified } from './sender-identified.ts';
import { textMatchesHtml } from './text-matches-html.ts';
import { untracedSentences } from './untraced-sentences.ts';

/** The checks between generation and completed. */
export const deliverableChecks = [
  complete,
  claimsTraced,
  noUnsupportedFigures,
  untracedSentences,
  mustNotSay,
  mustSay,
  noPersonalData,
  hasUnsubscribe,
  senderIdentified,
  htmlSafe,
  textMatchesHtml,
] as const;
