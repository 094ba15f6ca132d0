import { claimsTraced } from './checks/claims-traced.ts';
import { complete } from './checks/complete.ts';
import { distinctSubjects } from './checks/distinct-subjects.ts';
import { hasUnsubscribe } from './checks/has-unsubscribe.ts';
import { htmlSafe } from './checks/html-safe.ts';
import { mustNotSay } from './checks/must-not-say.ts';
import { mustSay } from './checks/must-say.ts';
import { noPersonalData } from './checks/no-personal-data.ts';
import { noUnsupportedFigures } from './checks/no-unsupported-figures.ts';
import { senderIdentified } from './checks/sender-identified.ts';
import { textMatchesHtml } from './checks/text-matches-html.ts';
import { untracedSentences } from './checks/untraced-sentences.ts';

/** The checks between generation and completed. */
export const deliverableChecks = [
  complete,
  distinctSubjects,
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
