import type { Field } from './field.ts';

/** The parts that labels in words of one's own are made of, in seven languages. */
const NOT = `(?:not|never|nicht|nie|niemals|kein|keine|keinen|auf keinen fall|bitte nicht|please do not|please don't|do not|don't|does not|doesn't|ne pas|n'|jamais|pas de|pas d'|aucun|aucune|no|nunca|non|mai|niet|nooit|geen|não|nada de|sin|senza|zonder|sans|sem)`;
const SAYING = `(?:be )?(?:say|said|mention|mentioned|use|used|write|written|promise|claim|include|included|in|go in|go into|appear|in there|in the (?:text|emails?|mails?)|sagen|erwähnen|nennen|schreiben|verwenden|versprechen|behaupten|benutzen|rein|hinein|reinschreiben|reinkommen|drin|drinstehen|vorkommen|stehen|auftauchen|dire|mentionner|utiliser|écrire|promettre|y figurer|figurer|decir|mencionar|usar|escribir|prometer|poner|aparecer|dire|menzionare|usare|scrivere|promettere|mettere|comparire|zeggen|noemen|vermelden|gebruiken|schrijven|beloven|erin|in de mail|dizer|mencionar|usar|escrever|prometer|pôr|aparecer)`;
const WRITING_TO = `(?:for|to|send|send to|sent to|mail|mail to|email|email to|write to|contact|invite|target|an|für|anschreiben|kontaktieren|senden an|schicken an|mailen|bekommen|erhalten|zu contacter|contacter|envoyer à|écrire à|pour|à|enviar a|escribir a|contactar|contactar a|para|a|inviare a|scrivere a|contattare|per|ai|sturen naar|aanschrijven|benaderen|mailen|voor|aan|enviar a|escrever a|contactar)`;
const WHAT = `(?:(?:what|was|que|qué|cosa|wat|o que|lo que) )?`;
const SUBJECT = `(?:(?:we|you|it|they|es|das|man|wir|dies|folgendes|se|si) )?`;
const WE = `(?:we|wir|nous|on|nosotros|noi|wij|nós)`;
const THEY = `(?:they|people|readers|recipients|customers|the readers|the recipients|sie|die leute|leute|die leser|leser|die kunden|kunden|die empfänger|empfänger|ils|les lecteurs|les clients|les gens|ellos|los lectores|los clientes|la gente|i lettori|i clienti|le persone|ze|zij|lezers|de lezers|de klanten|klanten|os leitores|os clientes|as pessoas)`;
const MAILS = `(?:e-?mails?|mails?|mailings?|newsletters?|messages?|nachrichten|courriels?|correos?|mensajes|messaggi|berichten|mensagens)`;

const phrase = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`^(?:${alternatives.join('|')})$`, 'u');

/**
 * Labels that people put in words of their own: questions ("Was bieten wir?") and sentences without an end ("Darf nicht rein").
 * The first that fits counts, so prohibitions come before demands.
 */
const LABEL_PHRASES: readonly (readonly [Field, RegExp])[] = [
  [
    'wishedEmails',
    phrase(
      `(?:how many|number of|no\\. of|wie ?viele|anzahl(?: der| an)?|combien d(?:e |')|nombre d(?:e |')|cuántos|número de|quante|quanti|numero di|hoeveel|aantal|quantos|quantas) ?${MAILS}(?: (?:do we want|do we send|are there|wollen wir|sollen es sein|soll es geben|gibt es|voulons-nous|queremos|vogliamo|willen we))?`,
    ),
  ],
  [
    'excluded',
    phrase(
      `(?:(?:who|wer|wen|qui|quién|chi|wie|quem)(?: (?:do|should|must|soll|sollen|darf|dürfen))?(?: ${WE})? )?(?:we )?(?:must |should |do |darf |dürfen |soll |sollen )?${NOT} ${WRITING_TO}`,
      `(?:nobody|niemand|personne|nadie|nessuno|niemand|ninguém) (?:from|aus|von|de|di|uit|van)`,
      `(?:who|whom) (?:to leave out|is excluded|not to (?:write|mail|contact|send) to|must not get it|should not get it)`,
      `(?:wer|wen) (?:ist ausgeschlossen|bekommt (?:sie|es|nichts|keine (?:e-?)?mail|keine post)(?: nicht)?|lassen wir aus)`,
      `(?:ohne|without|except|außer|ausser|sauf|hors|salvo|excepto|tranne|eccetto|behalve|exceto|à exclure|exclure|ausschließen|uitsluiten|escludere|excluir)`,
      `(?:pas|no|non|niet|não) (?:pour|para|per|voor|aux?|à|a|ai|aan)`,
    ),
  ],
  [
    'mustNotSay',
    phrase(
      `${WHAT}${SUBJECT}(?:(?:must|should|may|can|shall|darf|dürfen|soll|sollen|sollte|kann|debe|deben|puede|deve|devono|può|mag|moet|pode) )?${NOT} ${SAYING}(?: (?:werden|wird|in))?`,
      `(?:was|wat) (?:auf keinen fall|nicht|nie|niet|nooit) (?:${SAYING} )?(?:darf|dürfen|soll|sollen|sollte|mag|moet)(?: ${SAYING})?`,
      `(?:ce qu(?:i|'il|'on|e) )?(?:nous |on |il )?ne (?:doit|doivent|faut|peut|pas)(?: (?:jamais|pas))?(?: ${SAYING})?`,
      `(?:no|non|não) (?:debe|deben|puede|pueden|se puede|deve|devono|può|possono|pode|podem|devem) (?:nunca |mai )?${SAYING}`,
      `(?:das |es )?darf nicht|(?:bitte |please )?(?:nicht|not|niet|no|non|não)`,
      `(?:forbidden|banned|prohibited|taboo|verbotene?|tabu|interdite?s?|prohibid[oa]s?|vietat[oiae]|verboden|proibid[oa]s?) ?(?:words?|phrases?|terms?|claims?|wordings?|wörter|worte|begriffe|formulierungen|aussagen|mots|termes|formulations|palabras|expresiones|términos|parole|termini|espressioni|woorden|termen|palavras|expressões|termos)?`,
      `(?:words?|phrases?|wörter|worte|mots|palabras|parole|woorden|palavras),? (?:to avoid|not to use|we do not use|we don't use|we never use|die wir (?:nicht|nie|vermeiden).{0,20}|à (?:éviter|bannir|proscrire)|a evitar|da evitare|que no.{0,20}|que evitamos|die we niet.{0,20}|om te vermijden)`,
      `(?:no-?gos?|don'?ts?|tabus?|geht (?:gar )?nicht|à (?:bannir|proscrire|ne pas (?:dire|mentionner|utiliser|écrire))|que no (?:decir|poner|debe aparecer)|lo que no.{0,25}|da non (?:dire|usare|scrivere|menzionare)|wat niet mag|mag er niet in|mag niet|o que não.{0,25}|a não (?:dizer|usar|mencionar))`,
      `(?:please )?(?:leave|leave it|keep) out|steer clear of|stay away from|weglassen|bitte weglassen|finger weg von|à éviter absolument|evitar siempre|mai dire`,
    ),
  ],
  [
    'mustSay',
    phrase(
      `(?:(?:what|was|ce qui|qué|cosa|wat|o que) )?(?:(?:we|you|it|they|es|das|man|wir) )?(?:must|has to|have to|needs to|need to|always|muss|müssen|immer|unbedingt|doit|doivent|toujours|debe|deben|tiene que|siempre|deve|devono|sempre|moet|moeten|altijd|devem) (?:(?:unbedingt|auch|absolument) )?${SAYING}(?: werden)?`,
      `(?:unbedingt|zwingend|pflicht|darf nicht fehlen|das muss (?:rein|dazu|drinstehen)|muss dazu|muss mit rein|kleingedrucktes|the small print|small print|fine print|petites lignes|letra pequeña|note in piccolo|kleine lettertjes|letras pequenas)`,
      `(?:à mentionner|à ne pas oublier|mentions? obligatoires?|obligatoire|obligatorio|que no falte|no puede faltar|obbligatorio|non deve mancare|verplicht|mag niet ontbreken|obrigatório|não pode faltar)`,
    ),
  ],
  [
    'keyMessages',
    phrase(
      `(?:what|was|que|ce que|qué|cosa|che cosa|wat|o que) (?:(?:do|should|must|wollen|sollen|möchten|voulons-nous|nous voulons|on veut|queremos|vogliamo|willen) )?(?:${WE} )?(?:(?:want to|would like to) )?(?:say|tell|tell them|sagen|erzählen|mitteilen|dire|raconter|decir|contar|raccontare|zeggen|vertellen|dizer)(?: (?:wir|we))?`,
      `(?:was (?:sollen|müssen) ${THEY} (?:wissen|erfahren)|what (?:should|must) ${THEY} know|gut zu wissen|good to know|worth knowing|das wichtigste|les? points? clés?|à savoir|lo importante|lo más importante|da sapere|le cose importanti|goed om te weten|o mais importante)`,
    ),
  ],
  [
    'offer',
    phrase(
      `(?:what|was|ce que|que|qué|cosa|che cosa|wat|o que) (?:(?:do|can|is|kann) )?(?:${WE} )?(?:are )?(?:bieten|bieten wir|bieten wir an|gibt es|gibt's|offer|offering|giving|on offer|offrons-nous|nous offrons|nous proposons|proposons-nous|on offre|on propose|ofrecemos|regalamos|offriamo|proponiamo|bieden|bieden we|bieden wij|oferecemos)`,
      `(?:what|was) (?:is in it for (?:them|you)|haben ${THEY} davon|springt (?:für sie )?raus)`,
    ),
  ],
  [
    'callToAction',
    phrase(
      `(?:what|was|que|ce que|qué|cosa|che cosa|wat|o que)(?: (?:do we want|should|must|shall|wollen wir, dass|sollen|doivent|deben|devono|moeten|devem))? ${THEY}(?: (?:to|should|sollen|doivent|deben|devono|moeten|devem))? (?:do|machen|tun|faire|hacer|fare|doen|fazer)(?: (?:next|jetzt|dann))?`,
      `(?:registration|booking|order|sign-?up|ticket|shop|product|landing)[ -](?:page|link)|(?:anmelde|buchungs|bestell|ticket|shop|spenden)-?(?:link|seite)|link (?:zur|zum|zu|to|for|in the emails?|in der mail|in den mails)(?: .{1,40})?|lien (?:vers|pour|d['’]).{1,40}|enlace (?:a|para|de) .{1,40}|link (?:per|all['’]|alla|voor|naar|para) .{1,40}`,
      `que (?:faire|doivent-ils faire)|qué hacer|cosa fare|wat te doen|o que fazer|so geht's|los geht's hier|jetzt was tun|action attendue|acción|azione|ação`,
    ),
  ],
  [
    'audience',
    phrase(
      `(?:an|für|bei|mit)? ?(?:wen|wem)(?: (?:schreiben wir|geht (?:es|das|die mail)|richten wir uns|sprechen wir an|ist (?:das|es)))?`,
      `(?:for|to|at)? ?(?:who|whom)(?: (?:is (?:it|this) for|are we (?:writing|talking) to|do we (?:write|talk|send) to|gets it|is it to|receives it|should get it))?`,
      `(?:à|pour|chez) qui(?:.{0,20})?|qui (?:visons-nous|sont nos lecteurs|reçoit)`,
      `(?:a|para|con) (?:quién|quien|quiénes|quienes)(?:.{0,20})?`,
      `(?:a|per) chi(?:.{0,20})?`,
      `(?:aan|voor) wie(?:.{0,20})?`,
      `(?:a|para) quem(?:.{0,20})?`,
      `wer (?:bekommt|kriegt|erhält) (?:die (?:e-?)?mails?|sie|es|post)|to|an|für|para|pour|voor|aan|a|à|destinado a|destiné à`,
    ),
  ],
  [
    'tone',
    phrase(
      `(?:how|wie|comment|cómo|come|hoe|como) (?:(?:should|must|do|soll|sollen|doit|debe|deve|moet) )?(?:(?:it|we|wir|es|das|ça|cela|het|they|the emails?|die mails?) )?(?:sound|speak|talk|klingen|sprechen|reden|klingt (?:es|das)|wirken|sonner|parler|sonar|hablar|hablamos|suonare|parlare|parliamo|klinken|praten|soar|falar|falamos)(?: wir| we)?`,
      `ton(?:e)? (?:of the )?(?:mails?|emails?)|(?:die )?stimmung|anrede|stimme`,
    ),
  ],
  [
    'deadlines',
    phrase(
      `(?:bis |ab |seit )?wann(?:.{0,20})?|(?:until |by |from )?when(?: (?:does it (?:start|end|run)|is it|do we (?:start|send)))?|(?:jusqu'à |à partir de )?quand(?:.{0,20})?|(?:hasta |desde |para )?cu[aá]ndo(?:.{0,20})?|(?:fino a |da |entro )?quando(?:.{0,20})?|(?:tot |vanaf )?wanneer(?:.{0,20})?|(?:até |desde )?quando(?:.{0,20})?`,
      `(?:to|gültig|valid|good through|valable|válido|valido|geldig) ?(?:until|till|through|bis|ab|from|hasta|jusqu'au|fino al|tot|até|from - to|von - bis)?`,
      `(?:start|starts|beginn|beginnt|anfang|los geht'?s|begin|begins|opens|opening|début|inicio|comienzo|inizio|aanvang|início|comeca|começo|schluss|ende|endet|ends|closes|closing|fin|fine|final|einde|fim|término|von|from|bis|until|till|through|hasta|desde|dal|al|tot|vanaf|até|letzter tag|last day|dernier jour|último día|ultimo giorno|laatste dag|último dia)`,
    ),
  ],
  [
    'metrics',
    phrase(
      `(?:woran|wie|how|comment|cómo|come|hoe|como) (?:(?:do|will|we|wir) )*(?:messen|merken|erkennen|measure|know|mesurons-nous|mesurer|medimos|misuriamo|meten|medimos)(?:.{0,30})?`,
      `(?:erfolg|success|succès|éxito|successo|succes|sucesso)(?:.{0,20})?`,
    ),
  ],
  [
    'sender',
    phrase(
      `(?:(?:kommt|geht raus|geht|schreiben|mails?) )?(?:von|from|comes from|sent from|signed|signed by|gezeichnet|unterschrift|grüße von|von wem|from whom|de|de qui|de quién|da|da chi|van|van wie|de quem|firma de|firmado|signé|firmato|ondertekend|assinado)`,
      `(?:who|wer|qui|quién|quien|chi|wie|quem)(?: (?:are|is|does|sind|ist|sommes-nous|somos|siamo|zijn))? ?(?:${WE} )?(?:sends|sending|sends it|writes|writing|schreibt|schickt|verschickt|versendet|verschickt das|envoie|écrit|envía|escribe|invia|scrive|verstuurt|stuurt|envia)(?: (?:it|this|das|die mails?|sie|ça))?`,
      `(?:wer sind wir|who are we|who we are|about the sender|qui sommes-nous|quiénes somos|chi siamo|wie zijn wij|quem somos|wir sind|we are)`,
    ),
  ],
  [
    'objective',
    phrase(
      `(?:what|was|que|ce que|qué|cosa|che cosa|wat|o que) (?:do )?(?:${WE} )?(?:wollen|möchten|want|need|voulons|voulons-nous|on veut|queremos|vogliamo|willen)(?: (?:wir|we|wij))?(?: (?:erreichen|to achieve|to happen|obtenir|atteindre|lograr|conseguir|ottenere|bereiken|alcançar))?`,
      `(?:worum (?:geht'?s|geht es)|was ist (?:das ziel|zu tun)|wozu|warum|weshalb|wofür|why(?: are we doing this| do we do this)?|what for|pourquoi|de quoi s'agit-il|por qué|para qué|perché|waarom|waar gaat het om|porquê|para quê|why now)`,
    ),
  ],
];

/** Gives the field that a label in words of one's own announces; `words` are in lower case and without marks around them. */
export function fieldOfPhrase(words: string): Field | undefined {
  return words.length > 80 ? undefined : LABEL_PHRASES.find(([, form]) => form.test(words))?.[0];
}
