import type { Requirements } from '../requirements/artifact.ts';
import type { Strategy } from '../strategy/artifact.ts';
import type { Frame, Sentence } from './content.ts';
import { phrasesOf } from './language/phrases.ts';
import { secureAddress, webAddressesIn } from './reading/links.ts';

/** The button of an email. */
export interface Action {
  readonly label: Sentence;
  /** The first https address that the requirements hold, or the merge field `{{cta_url}}`. */
  readonly href: string;
  /** The call to action in full, when the button does not say all of it. */
  readonly sentence: Sentence | undefined;
}

const MAX_LABEL = 48;
const PLACE_HOLDING_WORDS =
  /[\s,:(–-]*(?:\b(?:at|on|under|via|here|link|online at|unter|auf|hier|über|sur|ici|à|en|aquí|su|qui|op|hier|em|aqui)\b)?[\s:,()<>–-]*$/iu;

/** Gives the approved call to action as a button, and where it leads. */
export function chooseAction(requirements: Requirements, strategy: Strategy, frame: Frame): Action {
  const { text } = strategy.callToAction;
  // An action that the strategy chose because the brief names none rests on the approval, not on a fact.
  const traces = strategy.callToAction.traces.filter((id) => id === requirements.callToAction?.id);
  const href = linkOf(requirements, text);
  const [address] = webAddressesIn(text);
  const at = address === undefined ? -1 : text.indexOf(address);
  const before = at < 0 ? text : text.slice(0, at).replace(PLACE_HOLDING_WORDS, '');
  const label = labelOf(before);
  const behind = at < 0 ? '' : text.slice(at + (address ?? '').length);
  const holdsAll = label.length <= MAX_LABEL && !/\p{L}{2}/u.test(behind);
  if (label !== '' && holdsAll)
    return { label: { text: label, traces }, href, sentence: undefined };
  // What the button cannot hold stands in the email, word for word; its beginning on the button would say it twice.
  const sentence = label === '' ? undefined : { text: sentenceOf(text.trim()), traces };
  const { action } = phrasesOf(frame.language, frame.register);
  return { label: { text: action, traces: [] }, href, sentence };
}

function sentenceOf(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}

function labelOf(text: string): string {
  const label = text.replace(/\s+/gu, ' ').replace(/^[\s"'„“”«»*_>-]+|[\s"'“”«»*_.!:,]+$/gu, '');
  return label.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('und'));
}

function linkOf({ callToAction, offer, keyMessages }: Requirements, approved: string): string {
  const held = [callToAction, offer, ...keyMessages].flatMap((fact) =>
    fact === null ? [] : webAddressesIn(fact.text),
  );
  const wanted = webAddressesIn(approved).filter((address) => held.includes(address));
  return (
    [...wanted, ...held].map(secureAddress).find((address) => address !== undefined) ??
    '{{cta_url}}'
  );
}
