import {
  repeatsObjective,
  type Deadline,
  type Fact,
  type Requirements,
} from '../../requirements/artifact.ts';

/** A deadline whose date the brief gives. */
export interface DatedDeadline extends Deadline {
  readonly date: string;
}

/** When a campaign must have begun. */
export interface Opening extends DatedDeadline {
  /** Whether it only says when the first email or the campaign is due, which concerns no reader. */
  readonly internal: boolean;
}

/** What the requirements' deadlines mean for a sequence of emails. */
export interface Calendar {
  /** When the campaign must have begun: binds the first email only. */
  readonly opening: Opening | undefined;
  /** What ends on a date, earliest first: binds every email. */
  readonly closings: readonly DatedDeadline[];
  /** The days on which the brief wants readers reminded, earliest first. */
  readonly reminders: readonly DatedDeadline[];
  /** The day of the last email, where the brief sets it. */
  readonly lastMailing: string | undefined;
  /** The day on which the offer itself ends: nobody is called to it later. */
  readonly offerEnds: string | undefined;
  /** What must be done on our side, such as an approval; it concerns no reader and closes nothing. */
  readonly preparations: readonly DatedDeadline[];
  /** When our own success is measured; it ends nothing and times no email. */
  readonly goals: readonly DatedDeadline[];
  /** Deadlines without a date; nothing can be planned against them. */
  readonly undated: readonly Deadline[];
}

const DAY_MS = 86_400_000;
const FIRST_MAIL =
  /\b(?:first (?:(?:e-?)?mail|message|send|mailing)|erste[rn]? (?:(?:e-?)?mail|nachricht|aussendung|versand|mailing)|premier (?:e-?mail|envoi)|primer (?:correo|envío)|prima (?:e-?mail|mail)|eerste (?:e-?mail|mail|bericht)|primeir[oa] (?:e-?mail|envio))/iu;
/** After it no email goes out, so it closes, though it speaks of sending. */
const LAST_MAIL =
  /(?<!\p{L})(?:last|final|letzte[rns]?|derni[eè]re?|últim[oa]|ultim[oa]|laatste) (?:\p{L}+ )?(?:e-?mails?|mails?|mailings?|messages?|newsletters?|nachricht|aussendung|versand|envois?|courriels?|correos?|envíos?|invio|bericht|verzending|envios?)(?!\p{L})/iu;
const CAMPAIGN = /(?<!\p{L})(?:campaign|kampagne|campagne|campaña|campagna|campanha)/iu;
const MAIL =
  /(?<!\p{L})(?:newsletters?|e-?mails?|mailings?|aussendung|correos?|courriels?)(?!\p{L})/iu;
const SENDING =
  /(?<!\p{L})(?:go(?:es)? out|sent|send(?:s|ing)?|versand\p{L}*|versende\p{L}*|verschick\p{L}*|envo[iy]\p{L}*|enví\p{L}*|envi\p{L}*|invi\p{L}*|verzend\p{L}*|verzonden)(?!\p{L})/iu;
/** A row of the sender's own schedule: when which email is due. */
const REMINDER =
  /^(?:(?:an?|and|the|plus|eine|und|un|una|een|en|e|y|et|um)\s){0,2}(?:reminders?|erinnerung\p{L}*|rappels?|recordatorios?|promemoria|herinnering\p{L}*|lembretes?)(?!\p{L})/iu;
const PREPARATION =
  /(?<!\p{L})(?:approv\p{L}*|sign-?off|internal\p{L}*|drafts?|proofs?|report(?:s|ing)?|budget|freigabe|abnahme|intern\p{L}*|entwurf|entwürfe|bericht|validation|aprobaci\p{L}*|approvazion\p{L}*|goedkeuring|aprovaç\p{L}*)(?!\p{L})/iu;
const OPENING =
  /(?<!\p{L})(?:from|ab|von|vom|anfang|à partir|dès|a partir|desde|dal|vanaf|comienzo|aanvang|begin|começo|starts?|starting|launch(?:es)?|kick-?off|go(?:es)? live|opens?|beginn\p{L}*|startet|auftakt|lancement|début|lanzamiento|inicio|lancio|inizio|lancering|lançamento|início)(?!\p{L})/iu;
const CLOSING =
  /(?<!\p{L})(?:ends?|until|through|clos\p{L}*|expir\p{L}*|deadline|by|last|bis|endet|ende|frist|schluss|spätestens|\p{L}*schluss|jusqu\p{L}*|avant|hasta|antes|fino|entro|tot|vóór|uiterlijk|até)(?!\p{L})/iu;

const OFFER =
  /(?<!\p{L})(?:(?:the|our|this) (?:offer|sale)|offer|(?:das |unser )?angebot\p{L}*|(?:die |unsere )?aktion|l['’]offre|offre|la oferta|oferta|l['’]offerta|offerta|(?:de )?(?:aanbieding|actie)|a oferta) (?:ends?|closes?|expires?|runs|is valid|valid|endet|ende|läuft|gilt|termine|se termine|finit|termina|acaba|scade|finisce|eindigt|loopt|geldt|ends?:)(?!\p{L})/iu;

/** What tells what a deadline binds. */
export type Dates = Pick<Requirements, 'deadlines'> &
  Partial<Pick<Requirements, 'objective' | 'offer' | 'metrics'>>;

/** Sorts deadlines by what they bind. What is clearly nothing else closes something. */
export function calendarOf(requirements: Dates): Calendar {
  const goals = requirements.deadlines.filter((deadline) => isGoalDate(requirements, deadline));
  const others = requirements.deadlines.filter((deadline) => !goals.includes(deadline));
  const dated = datedOf(others);
  const reminders = dated.filter(({ text }) => REMINDER.test(text));
  const binding = dated.filter(
    (deadline) => !isPreparation(deadline) && !reminders.includes(deadline),
  );
  const [opening] = binding.filter(opens);
  const ending = binding.filter((deadline) => !opens(deadline));
  const closings = ending.filter(({ text }) => !LAST_MAIL.test(text));
  return {
    opening: opening === undefined ? undefined : { ...opening, internal: isOurs(opening) },
    closings: closings.length > 0 ? closings : ending,
    reminders,
    lastMailing: ending.find(({ text }) => LAST_MAIL.test(text))?.date,
    offerEnds: closings.findLast((closing) => endsOffer(requirements, closing))?.date,
    preparations: dated.filter(isPreparation),
    goals: datedOf(goals),
    undated: others.filter(({ date }) => date === null),
  };
}

/**
 * Tells whether a deadline only says by when our objective is to be reached or a metric is measured: it ends nothing for
 * readers. Where the offer says the same, it is the offer's.
 */
export function isGoalDate(
  { objective = null, offer = null, metrics = [] }: Omit<Dates, 'deadlines'>,
  { text }: Pick<Deadline, 'text'>,
): boolean {
  const repeats = (aim: Fact | null): boolean => repeatsObjective({ objective: aim }, text);
  return [objective, ...metrics].some(repeats) && !repeats(offer);
}

/** Whether a deadline is that of the offer: it stands in it, or names it. */
function endsOffer({ offer = null }: Dates, { text }: Deadline): boolean {
  return repeatsObjective({ objective: offer }, text) || OFFER.test(text);
}

function datedOf(deadlines: readonly Deadline[]): readonly DatedDeadline[] {
  return deadlines
    .flatMap((deadline) => (deadline.date === null ? [] : [{ ...deadline, date: deadline.date }]))
    .toSorted(byDate);
}

/** Whole days from one date to another; negative when `to` is earlier. Both ISO-8601 dates. */
export function daysBetween(from: string, to: string): number {
  return Math.round((instantOf(to) - instantOf(from)) / DAY_MS);
}

/** The ISO-8601 date `days` after `date`, kept between the years 1 and 9999. */
export function dateAfter(date: string, days: number): string {
  const earliest = instantOf('0001-01-01');
  const latest = instantOf('9999-12-31');
  const instant = Math.min(latest, Math.max(earliest, instantOf(date) + days * DAY_MS));
  return new Date(instant).toISOString().slice(0, 10);
}

/** The earlier of two dates. */
export function earlier(one: string, other: string): string {
  return instantOf(one) <= instantOf(other) ? one : other;
}

function isOurs({ text }: Deadline): boolean {
  return FIRST_MAIL.test(text) || CAMPAIGN.test(text) || isSending(text);
}

function isPreparation({ text }: Deadline): boolean {
  return PREPARATION.test(text) && !REMINDER.test(text);
}

function isSending(text: string): boolean {
  return MAIL.test(text) && SENDING.test(text);
}

function opens({ text }: Deadline): boolean {
  if (LAST_MAIL.test(text)) return false;
  return FIRST_MAIL.test(text) || isSending(text) || (OPENING.test(text) && !CLOSING.test(text));
}

function byDate(one: DatedDeadline, other: DatedDeadline): number {
  return instantOf(one.date) - instantOf(other.date);
}

function instantOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
