import type { Span } from '../../brief/span.ts';
import { firstClause } from '../figures/figure-kinds.ts';

const word = (alternatives: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}])(?:${alternatives})(?![\p{L}])`, 'iu');

const MAIL = String.raw`(?:e-?mails?|mails?|mailings?|messages?|newsletters?|sends?|nachricht|aussendung|rundmail|versand|envois?|courriels?|message|infolettre|correos?|envíos?|boletín|mensajes?|mail|invii|invio|messaggio|verzending|mailing|bericht|nieuwsbrief|envios?|mensagem|boletim)`;
const LAST = String.raw`(?:last|final|letzte[rnsm]?|dernière?|últim[oa]|ultim[oa]|laatste|derradeir[oa])`;
const FIRST = String.raw`(?:first|erste[rnsm]?|première?|primer[oa]?|prim[oa]|eerste|primeir[oa])`;
const LAST_MAIL = word(
  String.raw`${LAST} (?:\p{L}+ )?${MAIL}|versand(?:ende|schluss)|end of (?:the )?(?:mailings?|sending)|fin des envois|fin de (?:los )?envíos|fine (?:degli )?invii|einde (?:van de )?verzending|fim dos envios`,
);
const FIRST_MAIL = word(
  String.raw`${FIRST} (?:\p{L}+ )?${MAIL}|versand(?:start|beginn)|début des envois|inicio de (?:los )?envíos|inizio (?:degli )?invii|start (?:van de )?verzending|início dos envios`,
);
const GOES_OUT = String.raw`(?:go(?:es)? out|is sent|are sent|will be sent|(?:geht|gehen) (?:\p{L}+ ){0,3}(?:raus|hinaus)|versendet|verschickt|part(?:ent|ira|iront)?|envoyée?s?|sale[n]?|saldrán?|envían?|enviad[oa]s?|part(?:e|ono|irà)|inviat[oaie]|verstuurd|verzonden|(?:gaat|gaan) (?:\p{L}+ ){0,3}(?:uit|weg)|sai|saem|sairá|envia-se)`;
const SENDING = word(
  String.raw`${MAIL}(?=[^.;]{0,60}?(?<![\p{L}])${GOES_OUT}(?![\p{L}]))|${GOES_OUT}(?=[^.;]{0,60}?(?<![\p{L}])${MAIL}(?![\p{L}]))|versand(?:termin|tag|datum)?|send(?:ing)? date|mailings?|date d['’]envoi|fecha de envío|data di invio|verzenddatum|data de envio`,
);

/** What happens on a date, by the verbs of seven languages. */
const VERBS: readonly (readonly [string, RegExp])[] = [
  [
    'opens',
    word(
      String.raw`(?:re-?)?open(?:s|ed|ing)?|eröffn\p{L}*|neueröffn\p{L}*|öffnet|ouvr(?:e|ent|ira|iront|ons)|ouverture|inaugur\p{L}*|abr(?:e|en|irá|irán|imos)|apertura|apr(?:e|ono|irà)|open(?:t|en)|opening|geopend|abrem|abertura`,
    ),
  ],
  [
    'closes',
    word(
      String.raw`clos(?:es?|ed|ing)|schließt|schließen|geschlossen|ferm(?:e|ent|era|eture)|clôture|cierra[n]?|cierre|chiud(?:e|ono|erà)|chiusura|sluit(?:en|ing)?|encerra[m]?|encerramento`,
    ),
  ],
  [
    'held',
    word(
      String.raw`tak(?:es?|ing) place|(?:is|be) held|(?:findet|finden)(?= .{0,80}statt)|stattfind\p{L}*|statt|a lieu|aura lieu|se (?:tient|tiendra)|tiene lugar|tendrá lugar|se (?:celebra|celebrará|realiza)|ha luogo|avrà luogo|si (?:svolge|svolgerà|tiene|terrà)|(?:vindt|vinden)(?= .{0,80}plaats)|plaatsvind\p{L}*|realiza-se|tem lugar|terá lugar`,
    ),
  ],
  [
    'arrives',
    word(
      String.raw`arriv(?:es?|als?|e|ent|era|a|ano|erà)|deliver(?:s|y|ed)?|ships?|shipped|geliefert|liefer\p{L}*|ausgeliefert|livr(?:é|ée|és|ées|aison)|lleg(?:a|an|ará)|entreg(?:a|an|ado|ada)|consegn\p{L}*|gelever\p{L}*|lever(?:t|ing)|cheg(?:a|am|ará)`,
    ),
  ],
  [
    'starts',
    word(
      String.raw`start(?:s|ed|et|en)?|begin(?:s|t|nen|nt)?|beginnt|beginn|commenc\p{L}*|démarr\p{L}*|débute\p{L}*|empieza[n]?|empezará|comienza[n]?|inici(?:a|an|ará)|inizi(?:a|ano|erà)|cominci(?:a|ano|erà)|começ(?:a|am|ará)|launch(?:es|ed)?`,
    ),
  ],
];

const ENDS: readonly [string, RegExp] = [
  'ends',
  word(
    String.raw`ends?|ended|expires?|valid|runs?|lasts|until|till|through|endet|enden|gültig|gilt|läuft|bis|prend fin|expire|valable|jusqu['’]?\p{L}*|finit|termina[n]?|acaba|vence|válid[oa]|hasta|scade|finisce|valid[oa]|fino|eindigt|loopt|geldig|tot|até`,
  ),
];

/** What a clause says about when the emails go out. */
export type Sending = 'first' | 'last' | 'some';

/** Which of the emails a clause tells a date of; undefined where it is about something else. */
export function sendingIn(clause: string): Sending | undefined {
  if (LAST_MAIL.test(clause)) return 'last';
  if (FIRST_MAIL.test(clause)) return 'first';
  return SENDING.test(clause) ? 'some' : undefined;
}

/** What happens by a clause's own verb, and whose verb it is: "the hall opens" tells of the hall. */
export interface Happening {
  readonly event: string;
  /** The clause without the verb, and without who says so in front of it. */
  readonly rest: string;
}

/** Speaks of what was told before, or brings in what somebody says: "it", "Tom says that". */
const BEFORE_SUBJECT =
  /^.*(?:[:,–—]\s|(?<![\p{L}])(?:it|they|this|that|dass|er|sie|es|das|il|elle|ils|elles|ça|cela|qu['’](?:il|elle)s?|que|che|él|ella|eso|esso|essa|het|hij|ze|dat|ele|ela|isso)\s)/isu;

/**
 * The happening that a clause tells, by the known verb that stands next to its date; undefined where it tells none.
 *
 * @param date - The date's place in `clause`.
 */
export function happeningIn(clause: string, date: Span): Happening | undefined {
  const found = [...VERBS, ENDS].flatMap(([event, pattern]) =>
    Array.from(clause.matchAll(new RegExp(pattern.source, 'giu')), ({ 0: verb, index }) => {
      const end = index + verb.length;
      return {
        event,
        start: index,
        end,
        away: index < date.start ? date.start - end : index - date.end,
      };
    }),
  );
  const [next] = found.toSorted((one, other) => one.away - other.away);
  if (next === undefined) return undefined;
  const { event, start, end } = next;
  const [from, to] = start < date.start ? [end, date.start] : [date.end, start];
  const before = clause.slice(0, Math.min(start, date.start)).replace(BEFORE_SUBJECT, '');
  const behind = firstClause(clause.slice(Math.max(end, date.end)));
  return { event, rest: `${before} ${clause.slice(from, to)} ${behind}` };
}

/** Takes back what was said right before: "Actually ...", "Sorry, ...", "No, ...". */
const CORRECTS = word(
  String.raw`actually|in fact|sorry|oops|correction|i mean|rather|scratch that|no|eigentlich|doch|sorry|nein|korrektur|vielmehr|besser gesagt|en fait|pardon|non|correction|plutôt|en realidad|perdón|mejor dicho|corrección|in realtà|anzi|scusate|scusa|correzione|eigenlijk|nee|correctie|of beter|na verdade|aliás|desculpem?|correção|não`,
);

/** Tells whether a sentence takes back the one in front of it. */
export function corrects(sentence: string): boolean {
  return CORRECTS.test(sentence.slice(0, CORRECTION_CHARACTERS));
}

const CORRECTION_CHARACTERS = 40;

const PRONOUN = word(
  String.raw`it|they|this|that|er|sie|es|erst|il|elle|ils|elles|ça|cela|él|ella|eso|esso|essa|hij|ze|het|dat|ele|ela|isso`,
);

/** A clause without the words by which it speaks of the one in front of it, so that only its own subject is left. */
export function withoutReference(clause: string): string {
  return [CORRECTS, PRONOUN].reduce(
    (rest, { source }) => rest.replaceAll(new RegExp(source, 'giu'), ' '),
    clause,
  );
}

/** One of several: two dates of them are no contradiction. */
const AGAIN = word(
  String.raw`reminders?|erinnerung\p{L}*|rappels?|recordatorios?|promemoria|herinnering\p{L}*|lembretes?|again|also|second|third|2nd|3rd|another|next|further|each|every|wieder|nochmals|auch|zweite\p{L}*|dritte\p{L}*|weitere\p{L}*|nächste\p{L}*|jede[nrs]?|aussi|encore|deuxième|troisième|prochaine?|chaque|también|otra vez|de nuevo|segund[oa]|tercer[oa]?|próxim[oa]|cada|anche|di nuovo|second[oa]|terz[oa]|prossim[oa]|ogni|ook|opnieuw|tweede|derde|volgende|elke?|também|outra vez|terceir[oa]`,
);

/** Tells whether a clause speaks of one of several. */
export function isOneOfSeveral(clause: string): boolean {
  return AGAIN.test(clause);
}

/** Parts a figure or a name from where or for whom it holds. */
const PREPOSITION =
  /(?:^|[^\p{L}])(?:in|at|for|near|to|from|by|im|bei|für|an|aus|nach|à|pour|chez|en|dans|para|em|no|na|a|per|al|alla|nel|nella|voor|te|naar|bij)\s+(?:the|our|your|der|die|das|den|dem|la|le|les|l|el|los|las|il|lo|i|gli|de|het|o|os|as)?\s*$/iu;

/** Tells whether `word` stands behind a preposition in `clause`: "in Berlin", "for children". */
export function isBehindPreposition(clause: string, searched: string): boolean {
  const at = clause.toLowerCase().search(new RegExp(`(?<![\\p{L}])${escaped(searched)}`, 'iu'));
  return at > 0 && PREPOSITION.test(clause.slice(0, at));
}

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`);
}
