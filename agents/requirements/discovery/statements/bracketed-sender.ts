import { trimSpan, type Span } from '../../brief/span.ts';
import { splitSender, type SenderParts } from '../split-sender.ts';

const BRACKETS = /\(([^()\n]{10,300})\)/gu;
/** Where something happens, not who sends: "at the Town Hall (3 Market Square, ...)". */
const PLACE =
  /(?<![\p{L}])(?:at|in|near|venue|im|beim?|à|au|chez|dans|en|lieu|presso|nel|nella|in het|em|no|na)\s+(?:(?:the|our|der|dem|la|le|el|il|het|o|a)\s+)?$/iu;
/** Words with capitals right in front of the brackets. */
const NAME =
  /(?:(?:\p{Lu}|\d)[\p{L}\p{N}&.’'-]*\s+)(?:(?:(?:\p{Lu}|\d)[\p{L}\p{N}&.’'-]*|&|de|of|the|van|und|and|et|y|e)\s+){0,5}$/u;

/**
 * Finds a sender that prose gives in brackets: "for Example Gym (Example Ltd, 12 Dock Road, Bristol BS1 4XX, news@example.com)".
 * Without an email and a postal address in the same brackets it is none.
 */
export function bracketedSender(text: string, sentence: Span): SenderParts | undefined {
  const words = text.slice(sentence.start, sentence.end);
  for (const { 1: inside = '', index } of words.matchAll(BRACKETS)) {
    const start = sentence.start + index + 1;
    const sender = inside.includes('@')
      ? senderIn(text, { start, end: start + inside.length }, sentence.start)
      : undefined;
    if (sender !== undefined) return sender;
  }
  return undefined;
}

/** The sender in brackets; its name may stand in front of them. */
function senderIn(text: string, inside: Span, from: number): SenderParts | undefined {
  const { name, email, postalAddress } = splitSender(text, inside);
  if (email === undefined || postalAddress === undefined) return undefined;
  const before = text.slice(from, inside.start - 1);
  const called = NAME.exec(before);
  if (PLACE.test(before.slice(0, called?.index ?? before.length))) return undefined;
  if (name !== undefined && !/\d/.test(text.slice(name.start, name.end)))
    return { name, email, postalAddress };
  if (called === null) return undefined;
  const start = from + called.index;
  return {
    name: trimSpan(text, { start, end: start + called[0].length }),
    email,
    postalAddress: { start: name?.start ?? postalAddress.start, end: postalAddress.end },
  };
}
