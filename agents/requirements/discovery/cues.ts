import { EVENT_WORDS } from '../lexicon/event-words.ts';
import type { Field } from '../lexicon/field.ts';
import { DEMANDS_WORDS } from './statements/demands-words.ts';

/** A phrase that tells what a sentence of prose is about. */
export interface Cue {
  readonly field: Field;
  /** Which part of the sentence it announces: what follows, what precedes, what its group `between` holds, or all of it. */
  readonly take: 'rest' | 'before' | 'between' | 'sentence';
  readonly pattern: RegExp;
}

const cue = (field: Field, take: Cue['take'], ...phrases: readonly string[]): Cue => ({
  field,
  take,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${phrases.join('|')})`, 'iu'),
});

const MAIL = '(?:campaign|newsletter|mailing|series|e-?mails?)';
const PEOPLE =
  '(?:readers|recipients|they|customers|people|patients|visitors|guests|clients|members|families|parents|subscribers|users|citizens|residents)';
const ACTION =
  '(?=(?:then )?(?:click|book|call|visit|register|sign|order|buy|download|reply|apply|join|come|open|request|schedule|subscribe|donate|borrow|choose|write|use|get in touch))';
const HANDLUNG =
  '(?=.{0,200}(?:buchen|bestellen|anrufen|anmelden|vereinbaren|besuchen|herunterladen|antworten|klicken|registrieren))';

const PRICE = String.raw`[€$£]\s?\d[\d.,]{0,9}|\d[\d.,]{0,9}\s?(?:€|\$|£|eur(?:os?)?(?![\p{L}])|dollars?|pounds?)`;
const HOLDS = String.raw`(?:good|valid|available|runs?) (?:through|thru|until|till|to)|through|thru|until|till|valid|bis|gültig|ab dem|jusqu|valable|hasta|válid[oa]|fino|valid[oa]|tot|geldig|até`;

const DAY_NAMES =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|easter|christmas';
/** Languages by their English names, as alternatives of a pattern. */
export const ENGLISH_NAMES = 'english|german|french|spanish|italian|dutch|portuguese';
/** Languages by their German names, as alternatives of a pattern. */
export const GERMAN_NAMES =
  'englisch|deutsch|französisch|spanisch|italienisch|niederländisch|portugiesisch';

/** Says that words follow, and is none of them: "never mention the word ..."; people may follow a verb of writing. */
const MENTION = String.raw`(?: (?:le mot|les mots|la palabra|las palabras|la parola|le parole|het woord|de woorden|a palavra|as palavras))?:?(?!\s(?:aux?|à|a|al|ai|agli|alle|aos|às|aan|naar)\s)`;

/** Sentences that forbid words; tried before those that ask for words. */
export const FORBIDDING: readonly [following: Cue, preceding: Cue] = [
  cue(
    'mustNotSay',
    'rest',
    String.raw`(?:do not|don['’]t|must not|should not|never|cannot|can['’]t)(?: ever)? (?:mention|say|use|write|claim|promise|state|imply|refer to|talk about|name)(?: (?:the|any|words?|phrases?|terms?|that|of|like|such as|about))*\s`,
    String.raw`(?:do not|don['’]t|must not|should not|never)(?: ever)? call (?:it|this|that|them|us|him|her)\s(?:an? |(?=["“„«'‘]))`,
    String.raw`(?:nennt|nennen sie|nenn) (?:es|das|ihn|sie) (?:bitte )?(?:nicht|nie|niemals)\s`,
    String.raw`ne l['’]appelez (?:pas|jamais)\s`,
    String.raw`(?:no|nunca) (?:lo|la) llam(?:en?|éis|ar)\s`,
    String.raw`(?:non|mai) chiamatel[oa](?: mai)?\s`,
    String.raw`noem het (?:niet|nooit|geen)(?: een)?\s`,
    String.raw`(?:não|nunca) (?:o|a|lhe) cham(?:em?|ar)(?: de)?\s`,
    String.raw`avoid(?: (?:saying|mentioning|using|the|any|words?|phrases?|terms?|like|such as))*\s`,
    String.raw`no mention of\s`,
    String.raw`no e-?mail may (?:contain|mention)\s`,
    String.raw`(?:erwähnen|nennen|versprechen|verwenden) sie (?:bitte )?(?:nicht|nie|niemals|keine?n?)\s`,
    String.raw`(?:wir )?verzichten (?:bitte )?auf\s`,
    String.raw`zu vermeiden (?:ist|sind)\s`,
    String.raw`ne (?:pas |jamais )?(?:mentionner|dire|promettre|écrire|parler de)(?: pas| jamais)?${MENTION}\s`,
    String.raw`(?:ne |n['’])?(?:mentionnez|dites|promettez|écrivez|utilisez|parlez) (?:pas|jamais)(?: de)?${MENTION}\s`,
    String.raw`jamais (?:mentionner|dire|promettre|écrire)${MENTION}\s`,
    String.raw`(?:no|nunca|jamás) (?:mencionar|decir|prometer|escribir|usar|mencion[ea]n?|diga[ns]?|prometa[ns]?|escriba[ns]?|use[ns]?)(?: nunca)?${MENTION}\s`,
    String.raw`(?:non|mai) (?:menzionare|dire|promettere|scrivere|usare|menzionate|dite|promettete|scrivete|usate)(?: mai)?${MENTION}\s`,
    String.raw`(?:noem|vermeld|beloof|schrijf|zeg|gebruik) (?:nooit|niet|geen)${MENTION}\s`,
    String.raw`(?:não|nunca|jamais) (?:mencionar|dizer|prometer|escrever|usar|mencion[ea]m?|diga[m]?|prometa[m]?|escreva[m]?|use[m]?)(?: nunca)?${MENTION}\s`,
  ),
  cue(
    'mustNotSay',
    'before',
    String.raw`(?:bitte )?(?:nicht|nie|niemals|keinesfalls|auf keinen fall) (?:erwähnen|nennen|sagen|versprechen|verwenden|schreiben|behaupten)(?![\p{L}])`,
    String.raw`(?:niet|nooit) (?:vermelden|noemen|zeggen|schrijven|gebruiken|beloven)(?![\p{L}])`,
    String.raw`(?:darf|dürfen|soll|sollen) (?:\p{L}{1,30} ){0,2}nicht (?:erwähnt|genannt|versprochen|verwendet) werden`,
    String.raw`(?:is|are) (?:strictly )?(?:off[- ]limits|forbidden|banned|prohibited|not allowed|taboo)(?![\p{L}])`,
    String.raw`must (?:not|never) (?:appear|occur|be (?:used|said|mentioned|written))(?![\p{L}])`,
    String.raw`(?:darf|dürfen) (?:\p{L}{1,30} ){0,2}nicht (?:vorkommen|fallen|erscheinen|auftauchen|stehen)(?![\p{L}])`,
    String.raw`(?:ist|sind) (?:streng )?(?:verboten|untersagt|tabu|nicht erlaubt)(?![\p{L}])`,
  ),
];

/** Sentences that ask for words. */
export const DEMANDING: readonly Cue[] = [
  cue('mustSay', 'rest', ...DEMANDS_WORDS),
  cue(
    'mustSay',
    'before',
    String.raw`(?:bitte )?(?:immer|stets|unbedingt|in jeder mail) (?:erwähnen|nennen|sagen|schreiben|angeben)(?![\p{L}])`,
    String.raw`(?:altijd|steeds) (?:vermelden|noemen|zeggen|schrijven)(?![\p{L}])`,
  ),
];

/** Adds people to those who were named before: "Also send it to everybody who ...". */
export const ALSO_TO = String.raw`(?:also (?:send|write|mail|e-?mail|goes?|invite|include)(?: (?:it|this|them|the ${MAIL}|one))?(?: to)?|(?:send|mail|write)(?: it| this| them)? also to|(?:geht|gehen|senden|schicken|schreiben|bitte)(?: sie| wir)?(?: bitte)? auch an|auch an|(?:envoye[rz]|écrire|écrivez|envoi)(?:-l[ea])? (?:aussi|également) (?:à|aux)|(?:aussi|également) (?:à|aux)|(?:enviar(?:lo)?|envíen(?:lo)?|mandar(?:lo)?|escribir) también a|también a|(?:invia(?:re|te)(?:la|lo)?|scriv(?:ere|ete)) anche (?:ai?|agli|alle)|anche (?:ai|agli|alle)|(?:stuur|verstuur|mail)(?: het| hem| ze)? ook (?:aan|naar)|ook (?:aan|naar)|(?:enviar|enviem|mandem) também (?:a|aos|às|para)|também (?:aos|às|para))\s`;

/** A number that is to be reached by a day: the sender's own goal, and nothing that ends for readers. */
const GOAL = String.raw`(?:sell|win|gain|reach|raise|recruit|attract|acquire|achieve|verkaufen|gewinnen|erreichen|sammeln|vendre|gagner|atteindre|recruter|vender|ganar|conseguir|captar|alcanzar|vendere|vincere|raggiungere|conquistare|verkopen|werven|bereiken|halen|conquistar|alcançar|angariar)(?= (?:\p{L}+ ){0,4}\d)(?=.{0,120}?(?<![\p{L}])(?:by|before|until|till|bis|vor|d['’]ici|avant|jusqu|antes|hasta|para el|entro|prima|fino|voor|vóór|tegen|tot|até)(?![\p{L}]).{0,20}\d)|\d[\d.]* (?:\p{L}+ ){1,4}(?:bis|tot|vóór|tegen) .{4,40} (?:verkaufen|gewinnen|erreichen|verkopen|werven|halen)(?![\p{L}])|(?:bis|vor|vóór|tegen) .{4,40} \d[\d.]* (?:\p{L}+ ){1,4}(?:verkaufen|gewinnen|erreichen|verkopen|werven|halen)(?![\p{L}])`;

/** Every other phrase. A sentence may fill several fields. */
export const CUES: readonly Cue[] = [
  cue(
    'objective',
    'rest',
    String.raw`(?:we|i)(?:['’]d| would)? (?:want|like|need|hope|aim|plan|intend) to\s`,
    String.raw`(?:we|i) (?:want|need)\s(?=(?:\d|more|new|all|every|the|our|people|customers|them|readers|members|visitors)(?![\p{L}]))`,
    String.raw`(?:our|the|its)(?: main| overall| primary| campaign)? (?:goal|aim|objective|purpose)(?: of (?:this|the) [\p{L}-]{1,30})? is (?:to )?`,
    String.raw`${MAIL} (?:aims?|is meant|is intended|is supposed|should help us) to\s`,
    String.raw`wir (?:wollen|möchten)\s`,
    String.raw`(?:unser |das )?ziel(?: der kampagne| dieser kampagne)? ist(?: es)?,?\s`,
    String.raw`die kampagne soll\s`,
    String.raw`(?:nous voulons|nous souhaitons|notre objectif est de|l['’]objectif est de)\s`,
    String.raw`(?:queremos|nuestro objetivo es|el objetivo es|(?:o )?nosso objetivo é|o objetivo é)\s`,
    String.raw`(?:vogliamo|desideriamo|il nostro obiettivo è|l['’]obiettivo è)(?: di)?\s`,
    String.raw`(?:we willen|wij willen|ons doel is|het doel is)(?: om)?\s`,
  ),
  cue('objective', 'sentence', GOAL),
  cue('metrics', 'sentence', GOAL),
  cue(
    'audience',
    'rest',
    String.raw`(?:aimed|targeted|directed|addressed) (?:at|to)\s`,
    String.raw`(?:audience|target group|recipients) (?:is|are|will be)\s`,
    String.raw`${MAIL} (?:goes|go|will go|should go) to\s`,
    String.raw`we are writing to\s`,
    String.raw`people (?:whom )?(?:we|i|you) (?:write|are writing|want to write|send(?: this)?|mail) to (?:are|is)\s`,
    ALSO_TO,
    String.raw`richtet sich an\s`,
    String.raw`(?:zielgruppe|empfänger) (?:ist|sind)\s`,
    String.raw`gerichtet an\s`,
    String.raw`s['’]adresse (?:aux?|à)\s`,
    String.raw`(?:se dirige|dirigid[ao]|dirige-se|destina-se) a\s`,
    String.raw`(?:si rivolge|rivolt[ao]) ai?\s`,
    String.raw`(?:gericht op|bedoeld voor)\s`,
  ),
  cue(
    'excluded',
    'rest',
    String.raw`(?:^|[.:;] |please |must |should |shall |we |to )exclude\s`,
    String.raw`(?:do not|don['’]t|never|must not|should not|may not) (?:send|write|go|be sent) (?:it |this |these |them |anything |any (?:e-?mails?|mail) |e-?mails? |the (?:campaign|newsletter|e-?mails?) )?(?:out )?to\s`,
    String.raw`(?:do not|don['’]t|never|must not|should not|may not) (?:contact|e-?mail|mail|invite|target)\s(?!us(?![\p{L}])|me(?![\p{L}]))`,
    String.raw`^(?:please )?leave out\s(?=[^"“„]{2,60}$)`,
    String.raw`^(?:please,? )?no\s(?=[\p{L} -]{3,40},? please[.!]?$)`,
    String.raw`nicht an (?=[\p{L} -]{3,40} (?:senden|schicken|versenden|gehen|schreiben))`,
    String.raw`(?:geht|gehen|senden|schicken|schreiben|versenden) (?:wir |sie )?(?:bitte )?(?:nicht|nie) an\s`,
    String.raw`ne (?:pas )?(?:envoye[rz]|écri(?:re|vez)) (?:pas |jamais )?(?:aux|à)\s`,
    String.raw`no (?:enviar|envíen|escribir|escriban) a\s`,
    String.raw`non (?:inviare|inviate|scrivere|scrivete) a[i]?\s`,
    String.raw`(?:niet|nooit) (?:sturen|versturen|mailen|schrijven) (?:aan|naar)\s`,
    String.raw`não (?:enviar|enviem|escrever) a(?:os)?\s`,
  ),
  cue(
    'excluded',
    'between',
    String.raw`^(?:please )?(?:leave|keep)\s(?<between>[\p{L} -]{3,40}) out(?: of (?:it|this|the (?:list|campaign|mailing)))?[.!]?$`,
    String.raw`^(?:bitte )?(?<betweenDe>[\p{L} -]{3,40}) (?:bitte )?(?:nicht (?:anschreiben|kontaktieren|einladen)|ausschließen|auslassen)[.!]?$`,
  ),
  cue(
    'offer',
    'rest',
    String.raw`(?:we|we will|we['’]ll) (?:offer|are offering|will offer|give)\s`,
    String.raw`(?:the|our) offer is\s`,
    String.raw`wir bieten\s`,
    String.raw`das angebot (?:ist|lautet):?\s`,
    String.raw`(?:nous offrons|ofrecemos|offriamo|(?:we|wij) bieden|oferecemos)\s`,
  ),
  cue(
    'offer',
    'sentence',
    String.raw`\d{1,3}\s?(?:%|percent|per cent) (?:off|discount)`,
    String.raw`\d{1,3}\s?(?:%|prozent) (?:rabatt|nachlass|günstiger)`,
    String.raw`\d{1,3}\s?% (?:de (?:remise|réduction|descuento|desconto)|di sconto|korting)`,
  ),
  cue(
    'offer',
    'sentence',
    // A price with how long it holds, or a price that is put forward as one.
    String.raw`(?:${PRICE})(?=.{0,120}?(?<![\p{L}])(?:${HOLDS})(?![\p{L}]))`,
    String.raw`(?:for|at) (?:only|just) (?:${PRICE})`,
    String.raw`(?:für|zum preis von) (?:nur )?(?:${PRICE})`,
    String.raw`(?:nur|only|just|seulement|pour seulement|solo|sólo|por solo|a soli|soltanto|slechts|voor maar|apenas|por apenas) (?:${PRICE})`,
    String.raw`(?:gratis|free|offert[es]?|gratuite?s?|gratuit[oa]s?|omaggio|de graça|kostenlos\p{L}*)(?=.{0,120}?(?<![\p{L}])(?:${HOLDS})(?![\p{L}]))`,
  ),
  cue(
    'keyMessages',
    'rest',
    String.raw`(?:most important|main|key|core|central|second|third|other) (?:message|point)s? (?:is|are)(?: that)?\s`,
    String.raw`(?:tell|remind|inform) (?:the |our )?${PEOPLE}(?: also)? (?:that|about)\s`,
    String.raw`(?:wichtigste|zentrale|weitere) (?:botschaft|aussage) ist,?(?: dass)?\s`,
    String.raw`(?:kunden|leser|empfänger) sollen (?:wissen|erfahren),? dass\s`,
    String.raw`wichtig ist,? dass\s`,
  ),
  cue(
    'tone',
    'rest',
    String.raw`(?:in an?|mit|in|d'un|en|con|in een|num|em) (?=(?:[\p{L}-]{3,20}(?:,| and| und| et| y| e| en)? ){1,4}(?:tone|ton|tono|toon|tom)(?![\p{L}]))`,
    String.raw`(?=(?:[\p{L}-]{3,20}(?:,| and| und)? ){1,4}(?:tone|ton),? (?:please|bitte)(?![\p{L}]))`,
    String.raw`tone(?: of voice)? (?:should be|is|must be|shall be)\s`,
    String.raw`keep (?:the|our) tone\s`,
    String.raw`(?:ton|tonfall|tonalität) (?:soll|sollte|ist)\s`,
    String.raw`le ton (?:doit être|est)\s`,
    String.raw`el tono (?:debe ser|es)\s`,
    String.raw`il tono (?:deve essere|è)\s`,
    String.raw`de toon (?:moet|is)\s`,
    String.raw`o tom (?:deve ser|é)\s`,
  ),
  cue(
    'complianceNotes',
    'sentence',
    'legal reasons|gdpr|hipaa|can-spam|dsgvo|uwg|consent|opt(?:ed)?[- ]in|unsubscribe|data protection|regulat(?:or|ion)|by law',
    'eingewilligt|einwilligung|datenschutz|abmelde|rgpd|lgpd|consentement|consentimiento|consenso|toestemming|consentimento',
  ),
  cue(
    'callToAction',
    'rest',
    String.raw`${PEOPLE} (?:should|are asked to|are invited to)\s${ACTION}`,
    String.raw`${PEOPLE} can\s${ACTION}(?=.{0,80}https?:)`,
    String.raw`(?:get|ask|invite|want) (?:them|people|everyone|everybody|readers|customers|guests|members) to\s(?=.{0,80}https?:)`,
    String.raw`call to action (?:is|should be):?\s`,
    String.raw`(?:leser|empfänger|kunden|patienten|mitglieder) (?:sollen|werden gebeten,?)\s${HANDLUNG}`,
  ),
  cue(
    'metrics',
    'rest',
    String.raw`measured? (?:the |our )?(?:success )?(?:by|through)\s`,
    String.raw`success means\s`,
    String.raw`kpis? (?:is|are)\s`,
    String.raw`erfolg messen wir (?:an|anhand)\s`,
  ),
  cue(
    'channels',
    'rest',
    String.raw`(?:we (?:only )?use|channels? (?:is|are)|sent (?:only )?(?:by|via)|nur per|versand per|kanal ist)\s(?=e-?mail|newsletter|sms|post|social)`,
  ),
  cue(
    'sender',
    'rest',
    String.raw`sender (?:is|will be)\s(?:the\s)?`,
    String.raw`(?:${MAIL}|it|they|everything) (?:(?:will|should|must|has to|have to|are to|is to) )?(?:comes?|goes out|go out|is sent|are sent|be sent) (?:from|by)\s(?!the end|noon|mid|next|tomorrow|early|late|end of|\d|${DAY_NAMES})`,
    String.raw`^(?:please )?(?:sent|send (?:it|this|them|everything|the ${MAIL})) (?:from|as|in the name of)\s`,
    String.raw`absender (?:ist|sind)\s(?:die\s|der\s|das\s)?`,
    String.raw`versendet (?:wird|werden) (?:die \p{L}{1,30} )?(?:von|durch)\s`,
    String.raw`l['’]expéditeur est\s`,
    String.raw`el remitente es\s`,
    String.raw`il mittente è\s`,
    String.raw`de afzender is\s`,
    String.raw`o remetente é\s`,
  ),
  cue(
    'language',
    'rest',
    String.raw`(?:${MAIL}|copy|texts?|language|them|it) (?:is|are|(?:should|must|has to|have to|are to|is to|will) be)? ?(?:written |sent |kept )?in (?=${ENGLISH_NAMES})`,
    String.raw`(?:please )?(?:write|keep|send) (?:\p{L}{1,12} ){0,3}in (?=${ENGLISH_NAMES})`,
    String.raw`^(?:please,? )?(?:all )?in (?=(?:${ENGLISH_NAMES})(?:,? only)?(?:,? please)?[.!]?$)`,
    String.raw`(?:texte|e-?mails?|kampagne|alles) (?:\p{L}{1,30} ){0,3}auf (?=${GERMAN_NAMES})`,
    String.raw`^(?:bitte )?(?:alles )?auf (?=(?:${GERMAN_NAMES})(?:,? bitte)?(?: schreiben)?[.!]?$)`,
    String.raw`(?:e-?mails?|textes?|rédige[rz]|écri\p{L}+|tout) (?:\p{L}{1,30} ){0,3}en (?=anglais|allemand|français|espagnol|italien|néerlandais|portugais)`,
    String.raw`(?:correos?|textos?|escrib\p{L}+|todo) (?:\p{L}{1,30} ){0,3}en (?=inglés|alemán|francés|español|italiano|neerlandés|portugués)`,
    String.raw`(?:e-?mail|testi|scriv\p{L}+|tutto) (?:\p{L}{1,30} ){0,3}in (?=inglese|tedesco|francese|spagnolo|italiano|olandese|portoghese)`,
    String.raw`(?:e-?mails?|teksten|schrijf|alles) (?:\p{L}{1,30} ){0,3}in het (?=engels|duits|frans|spaans|italiaans|nederlands|portugees)`,
    String.raw`(?:e-?mails?|textos?|escrev\p{L}+|tudo) (?:\p{L}{1,30} ){0,3}em (?=inglês|alemão|francês|espanhol|italiano|holandês|português)`,
  ),
  cue(
    'title',
    'rest',
    String.raw`${MAIL} (?:about|called|named)\s`,
    String.raw`kampagne (?:zu|zur|zum|über|namens)\s`,
  ),
  // What people are invited to, where nothing else names the campaign.
  cue(
    'title',
    'between',
    String.raw`(?:doing|host|hosting|run|running|hold|holding|have|having|organi[sz]e|organi[sz]ing|offer|offering|launch|launching|plan|planning|invite \p{L}+ to) (?:our|the|an?|another) (?:new |next |first )?(?<between>(?:[\p{L}’'-]+ ){0,3}?(?:${EVENT_WORDS})(?: (?:for|on|about) [\p{L}’'-]+(?: [\p{L}’'-]+){0,2}?)?)(?=[,.;:!?]|\s(?:at|in|on|this|next|and|so|for \d)(?!\p{L})|\s?$)`,
    String.raw`(?<betweenDe>(?:${EVENT_WORDS}) [„“"«](?=\S)[^"“”„«»]{3,80}[”“"»])`,
  ),
];

/** Words that make the date in a sentence a date to be kept. */
export const DEADLINE_WORD =
  /(?<![\p{L}])(?:by|until|till|through|thru|before|deadline|no later than|launch|starts?|begins?|ends?|closes?|expires?|valid|goes? out|go live|due|bis|ab|spätestens|beginnt?|endet?|läuft|gültig|frist|jusqu|avant|au plus tard|valable|hasta|antes|válid[oa]|entro|fino al?|valid[oa]|tot|uiterlijk|geldig|até)(?![\p{L}])/iu;

/** Makes a date one of the sender's own schedule: "reminder on 12 May", "first mail on 3 May". */
export const SCHEDULE_DATE =
  /(?<![\p{L}])(?:reminders?|erinnerung\p{L}*|rappels?|recordatorios?|promemoria|herinnering\p{L}*|lembretes?|(?:first|second|third|last|final|erste[rns]?|zweite[rns]?|letzte[rns]?|premier|dernier|primer|último|prima|ultima|eerste|laatste|primeir[oa]) (?:e-?mails?|mails?|mailings?|newsletters?|envoi|correo|envío|envio))(?![\p{L}])[^.!?;]{0,30}?\d/iu;

/** Words that make a number of emails in a sentence the number that is wished. */
export const WISH_WORD =
  /(?<![\p{L}])(?:want|need|would like|plan|planned|send|sending|series|sequence|in total|altogether|campaign|please|only|make it|wollen|möchten|brauchen|planen|senden|schicken|verschicken|versenden|reichen|serie|insgesamt|kampagne|sollen|bitte|nur|voulons|voudrions|souhaitons|prévoyons|envo[iy]\p{L}*|série|campagne|queremos|necesitamos|enviar\p{L}*|enviamos|campaña|vogliamo|vorremmo|inviare|inviamo|mandare|campagna|willen|sturen|versturen|reeks|campanha)(?![\p{L}])/iu;

/** Begins what somebody wants to reach, where a brief is that one line: "Sell more bread in May". */
export const AIM =
  /^(?:please\s)?(?:sell|win|get|fill|book|bring|find|raise|invite|inform|tell|promote|announce|increase|boost|grow|remind|launch|reach|convince|reactivate|thank|mehr|neue|gewinnt?|verkauft?|bewerbt?|vendre|gagner|trouver|faire|informer|inviter|remplir|augmenter|vender|ganar|llenar|informar|invitar|conseguir|atraer|vendere|riempire|informare|invitare|trovare|aumentare|verkoop|vul|werf|meer|nodig|encher|convidar|aumentar)(?![\p{L}])|\s(?:verkaufen|gewinnen|füllen|bewerben|einladen|informieren|erhöhen|steigern|verkopen|werven|vullen)[.!]?$/iu;
