import { emailCount } from '../slots/email-count.ts';

/** Which emails a reviewer wants out. */
export type Dropped =
  | 'last-reminder'
  | 'reminders'
  | 'last-call'
  | 'follow-up'
  | 'explain'
  | 'last';

/** One change that a reviewer asks for. */
export type Wish =
  | { readonly kind: 'at-most'; readonly count: number }
  | { readonly kind: 'fewer'; readonly by: number }
  | { readonly kind: 'drop'; readonly which: Dropped }
  | { readonly kind: 'shorter-emails' }
  | { readonly kind: 'shorter-subjects' }
  | { readonly kind: 'formality'; readonly more: boolean }
  | { readonly kind: 'focus'; readonly on: string };

/** A part of a comment, and the changes that it asks for; none when it was not understood. */
export interface Clause {
  readonly text: string;
  readonly wishes: readonly Wish[];
}

const EMAILS = String.raw`(?:e-?mails?|mails?|mailings?|messages?|nachrichten)`;
const HARD_BREAK = /[.;!?\n]+(?:\s|$)|[;\n]/u;
const SOFT_BREAK = /,\s+|\s+(?:and|but|und|aber)\s+/iu;
const COURTESY = words(
  'a all and are as but but, fine good great i is it like looks love nice ok okay otherwise overall plan please thank thanks that the this very well you alles bitte danke das der die es gefällt gut ist mir passt plan prima schön sehr sieht so sonst super und vielen aus aber',
);

/** Takes a comment in English or German apart into clauses and reads each; courtesies alone are left out. */
export function readComment(comment: string): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const part of comment.split(HARD_BREAK)) {
    for (const soft of (part ?? '').split(SOFT_BREAK)) addClause(clauses, soft.trim());
  }
  return clauses;
}

function addClause(clauses: Clause[], text: string): void {
  if (isCourtesy(text)) return;
  clauses.push({ text, wishes: wishesOf(text) });
}

function isCourtesy(text: string): boolean {
  const said = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return said.every((word) => COURTESY.has(word));
}

function wishesOf(text: string): readonly Wish[] {
  return (
    focusWish(text) ??
    countWish(text) ??
    dropWish(text) ??
    formalityWish(text) ??
    shorterWish(text) ??
    []
  );
}

const FOCUS = [
  /(?:focus|concentrate|put (?:more )?(?:weight|emphasis))\s+(?:more\s+|mainly\s+|only\s+)?on\s+(?<on>.+)/iu,
  /(?:emphasi[sz]e|stress|lead with|start with)\s+(?<on>.+)/iu,
  /(?:schwerpunkt|fokus|konzentrier\p{L}*|fokussier\p{L}*)\s+(?:\p{L}+\s+){0,3}?auf\s+(?<on>.+)/iu,
  /(?<on>\p{L}[^,]{2,80}?)\s+(?:stärker\s+|mehr\s+)?(?:betonen|hervorheben)/iu,
];

function focusWish(text: string): readonly Wish[] | undefined {
  for (const pattern of FOCUS) {
    const on = pattern.exec(text)?.groups?.['on'];
    if (on !== undefined && !isNegated(text)) return [{ kind: 'focus', on }];
  }
  return undefined;
}

const AT_LEAST = /at least|minimum|more than|mindestens|mehr als/iu;
const NO_MORE = /no more than|not more than|nicht mehr als/iu;
const BELOW = /fewer than|less than|under|too many|weniger als|unter|zu viele?/iu;
const ONE_FEWER = new RegExp(
  String.raw`${EMAILS}\s+(?:fewer|less|weniger)(?!\p{L}|\s+(?:than|als))`,
  'iu',
);
const FEWER = new RegExp(String.raw`(?:fewer|less|too many|weniger|zu viele?)\s+${EMAILS}`, 'iu');

function countWish(text: string): readonly Wish[] | undefined {
  const count = emailCount(text);
  if (count === undefined)
    return FEWER.test(text) && !isNegated(text) ? [{ kind: 'fewer', by: 1 }] : undefined;
  if (AT_LEAST.test(text) && !NO_MORE.test(text)) return [];
  if (isNegated(text) && !NO_MORE.test(text)) return [];
  if (ONE_FEWER.test(text) || OUT.test(text)) return [{ kind: 'fewer', by: count }];
  return [{ kind: 'at-most', count: Math.max(1, BELOW.test(text) ? count - 1 : count) }];
}

const OUT =
  /(?<!\p{L})(?:drop|remove|skip|cut|delete|omit|leave out|get rid of|streich\p{L}*|weglassen|weg|entfern\p{L}*|lösch\p{L}*|raus|verzicht\p{L}*|lass\p{L}* .{0,60}weg)(?!\p{L})/iu;
const NONE = /(?<!\p{L})(?:no|without|kein|keine|keinen|ohne)(?!\p{L})/iu;
const TARGETS: readonly (readonly [RegExp, Dropped])[] = [
  [/last[ -]call|final call|letzte\p{L}* (?:hinweis|aufruf)/iu, 'last-call'],
  [/(?:last|final|letzte\p{L}*) (?:reminder|erinnerung)/iu, 'last-reminder'],
  [/reminder|erinnerung/iu, 'reminders'],
  [/follow-?\s?up|nachfass/iu, 'follow-up'],
  [/explain|explanation|erklär/iu, 'explain'],
  [new RegExp(String.raw`(?:last|final|letzte\p{L}*) ${EMAILS}`, 'iu'), 'last'],
];

function dropWish(text: string): readonly Wish[] | undefined {
  const target = TARGETS.find(([pattern]) => pattern.test(text))?.[1];
  if (target === undefined || !(OUT.test(text) || NONE.test(text))) return undefined;
  return isNegated(text) ? [] : [{ kind: 'drop', which: target }];
}

const MORE_FORMAL =
  /more (?:formal|serious|professional)|less casual|too (?:casual|informal)|förmlicher|formeller|formaler|seriöser|sachlicher|zu (?:locker|salopp|lässig)/iu;
const LESS_FORMAL =
  /less formal|more (?:casual|relaxed|friendly)|friendlier|warmer|too (?:formal|stiff)|lockerer|freundlicher|persönlicher|weniger (?:förmlich|formell)|zu (?:förmlich|formell|steif)/iu;

function formalityWish(text: string): readonly Wish[] | undefined {
  const more = MORE_FORMAL.test(text);
  if (more === LESS_FORMAL.test(text)) return undefined;
  return isNegated(text) ? [] : [{ kind: 'formality', more }];
}

const SHORTER =
  /(?<!\p{L})(?:shorter|shorten|too long|more concise|briefer|kürzer\p{L}*|kürzen|knapper\p{L}*|zu lang)(?!\p{L})/iu;
const SUBJECTS = /subject|betreff/iu;
const WHOLE = /sequence|campaign|series|plan|reihe|kampagne|sequenz|strecke/iu;
const EACH = new RegExp(String.raw`${EMAILS}|texte?|copy`, 'iu');

function shorterWish(text: string): readonly Wish[] | undefined {
  if (!SHORTER.test(text)) return undefined;
  if (isNegated(text)) return [];
  if (SUBJECTS.test(text)) return [{ kind: 'shorter-subjects' }];
  if (WHOLE.test(text)) return [{ kind: 'fewer', by: 1 }];
  if (EACH.test(text)) return [{ kind: 'shorter-emails' }];
  return [{ kind: 'fewer', by: 1 }, { kind: 'shorter-emails' }];
}

/** `do not drop the reminder` is not a wish to drop it. What is wanted instead is more than rules can tell. */
function isNegated(text: string): boolean {
  return /(?<!\p{L})(?:don['’]t|do not|not|never|nicht|niemals)(?!\p{L})/iu.test(text);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
