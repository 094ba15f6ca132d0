import type { Field } from './field.ts';
import { fieldOfPhrase } from './label-phrases.ts';

/** Labels of each field: English, German, then French, Spanish, Italian, Dutch and Portuguese; parted by `|`. */
const LABELS: readonly (readonly [Field, string])[] = [
  [
    'title',
    `title|campaign title|campaign name|campaign brief|campaign|brief|project|project name|name of the campaign|working title|subject
    |titel|kampagne|kampagnenname|kampagnentitel|kampagnenbriefing|briefing|projekt|betreff|arbeitstitel
    |titre|campagne|titre de la campagne|objet|título|titulo|campaña|título de la campaña|asunto|titolo|campagna|oggetto
    |campagnenaam|onderwerp|campanha|título da campanha|assunto
    |projektname|thema|sujet|nom de la campagne|nombre de la campaña|tema|nome della campagna|nome campagna|titel van de campagne|nome da campanha
    |event|event name|name of the event|workshop|class|course|masterclass|seminar|webinar|talk|lecture|concert|conference|open day|veranstaltung|kurs|vortrag|tagung|konzert|lesung
    |atelier|cours|séminaire|conférence|événement|taller|curso|evento|seminario|charla|corso|laboratorio|convegno|cursus|lezing|evenement|oficina|palestra`,
  ],
  [
    'language',
    `language|campaign language|email language|sprache|langue|idioma|lingua|taal|língua`,
  ],
  [
    'objective',
    `objective|objectives|goal|goals|aim|aims|purpose|campaign objective|campaign goal|what we want|what we want to achieve
    |why|mission|intent|ziel|ziele|zielsetzung|zweck|kampagnenziel|kampagnenziele|anlass und ziel|objectif|objectifs|but|finalité
    |objetivo|objetivos|meta|finalidad|obiettivo|obiettivi|scopo|doel|doelen|doelstelling|doelstellingen|finalidade
    |outcome|desired outcome|task|aufgabe|auftrag|anlass|absicht|mission|intention|enjeu|propósito|intención|finalità|intento|taak|doel van de campagne|propósito|intenção`,
  ],
  [
    'audience',
    `audience|audiences|target audience|target audiences|target group|target groups|target|segments|segment|audience segments
    |customer segments|recipients|who|who we are talking to|who is it for|readers|zielgruppe|zielgruppen|empfänger|adressaten|segmente|an wen
    |audience cible|cible|cibles|public|public cible|destinataires|público|público objetivo|publico objetivo|destinatarios|audiencia|segmentos
    |pubblico|destinatari|pubblico di riferimento|segmenti|target di riferimento|doelgroep|doelgroepen|ontvangers|público-alvo|publico-alvo|destinatários
    |people|people to write to|who to write to|groups|customers|our customers|send to|mail to|für wen|kunden|kundengruppen|leser|publikum|lecteurs|clients|clientèle|à qui|pour qui|lectores|clientes|a quién|para quién|clienti|lettori|a chi|per chi|klanten|lezers|voor wie|aan wie|clientes|leitores|a quem|para quem`,
  ],
  [
    'excluded',
    `exclude|excluded|exclusions|excluding|not for|who not to contact|do not send to|do not contact|ausschluss|ausschlüsse
    |ausgeschlossen|nicht an|exclus|exclusions d'audience|excluir|excluidos|esclusi|escludere|uitgesloten|excluídos
    |leave out people|not to|nobody from|nicht für|nicht anschreiben|nicht kontaktieren|ohne|à exclure|exclure|pas pour|ne pas contacter|ne pas écrire à|no para|no enviar a|no contactar|excluidas|non per|non inviare a|non contattare|niet voor|niet aan|niet mailen|uitsluiten|não para|não enviar a|não contactar|excluir`,
  ],
  [
    'offer',
    `offer|offers|the deal|deal|promotion|promo|incentive|discount|proposition|value proposition|what we offer|angebot|angebote|aktion
    |aktionsangebot|rabatt|vorteil|leistung|offre|offres|l'offre|promotion commerciale|oferta|ofertas|promoción|offerta|offerte|promozione|aanbod
    |aanbieding|aanbiedingen|korting|promoção
    |special|special offer|what you get|bonus|gift|price|prices|was wir bieten|preis|preise|geschenk|zugabe|offre spéciale|cadeau|avantage|prix|tarif|oferta especial|regalo|ventaja|precio|precios|offerta speciale|omaggio|vantaggio|prezzo|prezzi|wat we bieden|prijs|prijzen|actie|cadeau|vantagem|preço|preços`,
  ],
  [
    'keyMessages',
    `key messages|key message|main messages|main message|core messages|core message|messages|message|messaging|talking points|key points
    |what to say|what to tell|what we tell|what to communicate|what readers should know|content|kernbotschaften|kernbotschaft|botschaften|botschaft|hauptbotschaften|hauptbotschaft|kernaussagen|aussagen|inhalte|inhalt
    |ce qu'il faut dire|ce qu'il faut savoir|messages clés|message clé|messages principaux|mensajes clave|mensaje clave|mensajes|mensajes principales|messaggi chiave|messaggio chiave
    |messaggi|kernboodschap|kernboodschappen|boodschap|boodschappen|mensagens-chave|mensagens chave|mensagens|mensagem
    |points|facts|key facts|highlights|good to know|punkte|fakten|wichtige punkte|was wichtig ist|points clés|arguments|à savoir|points forts|puntos clave|argumentos|datos|punti chiave|argomenti|da sapere|punti di forza|kernpunten|punten|feiten|pontos-chave|pontos chave|argumentos`,
  ],
  [
    'tone',
    `tone|tone of voice|tone and style|style|voice|voice and tone|style and tone|tonalität|tonfall|ton|stil|ansprache|sprachstil
    |ton et style|tonalité|style et ton|tono|tono de voz|estilo|tono di voce|stile|toon|tone-of-voice|schrijfstijl|tom|tom de voz
    |mood|sound|stimme|stimmung|anrede|wie es klingen soll|registre|estilo y tono|registro|sfeer|aanspreekvorm|estilo`,
  ],
  [
    'mustSay',
    `must say|must-say|must include|must contain|must-include|mandatory|mandatories|mandatory text|mandatory content|required text|required wording
    |mandatory wording|required statements|disclaimer|disclaimers|always say|please include|pflichtangaben|pflichtangabe|pflichttext|pflichttexte
    |muss enthalten|doit contenir|debe contener|debe incluir|deve contenere|moet bevatten|deve conter|muss rein|zwingend erwähnen|unbedingt erwähnen|pflichthinweise|hinweispflichten|mentions obligatoires|à dire|doit figurer
    |a mencionar|menciones obligatorias|textos obligatorios|debe decir|da dire|testi obbligatori|diciture obbligatorie|verplichte tekst
    |verplichte vermeldingen|moet vermeld worden|menções obrigatórias|textos obrigatórios|deve dizer
    |must appear|has to be in|obligatory|compulsory|fine print|small print|pflicht|muss|muss drin sein|muss drinstehen|darf nicht fehlen|unbedingt|obligatoire|obligatoires|mention obligatoire|mentions|à mentionner|obligatorio|obligatorios|mención obligatoria|incluir siempre|obbligatorio|obbligatori|dicitura obbligatoria|verplicht|verplichte zinnen|obrigatório|obrigatórios|incluir sempre`,
  ],
  [
    'mustNotSay',
    `must not say|must-not-say|must not include|must not contain|must not appear|darf nicht enthalten|dürfen nicht enthalten|nicht enthalten|darf nicht vorkommen|nicht vorkommen|ne doit pas contenir|ne doit pas figurer|no debe contener|no debe incluir|no debe aparecer
    |non deve contenere|non deve comparire|mag niet bevatten|mag niet voorkomen|não deve conter|não deve aparecer|must not mention|do not mention|don't mention|do not say|don't say|never say|never mention
    |avoid|words to avoid|forbidden|forbidden words|banned words|banned phrases|taboo|no-gos|no-go|not allowed|prohibited|prohibited claims|off limits
    |nicht erwähnen|nicht nennen|nicht sagen|verboten|tabu|tabus|vermeiden|zu vermeiden|verbotene wörter|verbotene begriffe|darf nicht
    |nicht verwenden|ne pas dire|ne pas mentionner|à éviter|interdit|mots interdits|no mencionar|no decir|evitar|prohibido|palabras prohibidas
    |da evitare|non dire|non menzionare|vietato|parole vietate|niet vermelden|niet noemen|niet zeggen|vermijden|te vermijden|verboden woorden
    |não mencionar|não dizer|proibido
    |leave out|no go|no gos|don'ts|do nots|not to say|darf nicht rein|nicht rein|bitte nicht|bloß nicht|auf keinen fall|nicht schreiben|weglassen|finger weg|interdits|à ne pas dire|à ne pas écrire|ne pas écrire|jamais|à bannir|mots à éviter|expressions interdites|prohibidos|prohibidas|no usar|no poner|nunca decir|jamás|palabras a evitar|vietati|vietate|non usare|non scrivere|mai|parole da evitare|niet zeggen|niet gebruiken|verboden|nooit|mag niet|proibidos|proibidas|não usar|não escrever|nunca|evitar palavras|palavras a evitar`,
  ],
  [
    'complianceNotes',
    `compliance|compliance notes|legal|legal notes|legal requirements|regulatory|regulation|regulations|privacy|data protection|consent
    |legal and compliance|rechtliches|recht|rechtliche hinweise|rechtliche vorgaben|rechtliche anforderungen|datenschutz|einwilligung|vorschriften
    |conformité|mentions légales|juridique|aspects juridiques|protection des données|cumplimiento|aspectos legales|requisitos legales
    |protección de datos|conformità|note legali|aspetti legali|requisiti legali|juridisch|naleving|wettelijke eisen|conformidade
    |requisitos legais|aspetos legais|aspectos legais|proteção de dados`,
  ],
  [
    'deadlines',
    `deadline|deadlines|timeline|timing|dates|key dates|important dates|schedule|milestones|calendar|when|launch|launch date|start
    |start date|campaign start|campaign starts|end date|end|offer ends|offer end|offer starts|valid until|offer valid until|send date|go-live|runs until
    |registration closes|campaign ends|termin|termine|zeitplan|fristen|frist|zeitraum|meilensteine|versand|versandtermin|start der kampagne
    |kampagnenstart|kampagnenende|startdatum|enddatum|ende|gültig bis|angebot gültig bis|ende des angebots|angebotsende|laufzeit|échéance|échéances
    |calendrier|dates clés|date limite|délai|délais|planning|lancement|fecha límite|fechas|fechas límite|plazo|plazos|calendario|cronograma|lanzamiento
    |scadenza|scadenze|tempistiche|date importanti|lancio|planning en deadlines|data|datums|tijdlijn|einddatum|lancering|prazo|prazos|datas|lançamento
    |first email|first mailing|last email|last mailing|final mailing|final email|erste mail|erste e-mail|erster versand|letzte mail|letzte e-mail|letzter versand|premier envoi|premier e-mail|dernier envoi|dernier e-mail
    |primer envío|primer correo|último envío|último correo|primo invio|prima e-mail|ultimo invio|ultima e-mail|eerste mail|eerste verzending|laatste mail|laatste verzending|primeiro envio|primeiro e-mail|último envio|último e-mail
    |from when|wann|ab wann|bis wann|beginn|anfang|schluss|quand|début|fin|date|validité|cuándo|cuando|desde|inicio|fin|validez|vigencia|fecha|quando|inizio|fine|validità|wanneer|begin|start en einde|einde|geldigheid|início|fim|validade`,
  ],
  [
    'channels',
    `channel|channels|media|medium|kanal|kanäle|medien|versandweg|canal|canaux|canales|canali|canale|kanaal|kanalen|canais`,
  ],
  [
    'metrics',
    `metric|metrics|kpi|kpis|success metrics|success criteria|measures|measures of success|measurement|how we measure success|success
    |kennzahl|kennzahlen|erfolgsmessung|messgröße|messgrößen|erfolgskriterien|messung|indicateurs|indicateurs clés|mesures|métricas|metricas|indicadores|metriche
    |indicatori|meetpunten|meetwaarden|kpi's|succescriteria`,
  ],
  [
    'callToAction',
    `call to action|call-to-action|cta|action|desired action|next step|what readers should do|handlungsaufforderung|aufforderung
    |gewünschte handlung|appel à l'action|appel à l’action|llamada a la acción|llamado a la acción|invito all'azione|invito all’azione
    |oproep tot actie|actieknop|chamada para ação|chamada para a ação|apelo à ação
    |ask|our ask|the ask|button|link|what to do|was tun|ziel-link|button-text|knopf|schaltfläche|action attendue|bouton|lien|que faire|botón|enlace|acción|qué hacer|pulsante|bottone|azione|cosa fare|knop|actie voor de lezer|wat te doen|botão|ação|o que fazer`,
  ],
  [
    'sender',
    `sender|from|sent by|sender details|sender information|company|organisation|organization|imprint|absender|versender|absenderin
    |firma|unternehmen|absenderangaben|impressum|expéditeur|de la part de|remitente|mittente|afzender|remetente
    |signed|wer schreibt|kommt von|de qui|signature|quién envía|firma del remitente|chi invia|firma del mittente|van wie|wie stuurt|quem envia`,
  ],
  [
    'sender.name',
    `sender name|from name|name of the sender|absendername|name des absenders|nom de l'expéditeur|nombre del remitente|nome del mittente
    |naam afzender|nome do remetente`,
  ],
  [
    'sender.email',
    `sender email|sender e-mail|sender address|from address|from email|from e-mail|absenderadresse
    |absender-e-mail|e-mail des absenders|adresse de l'expéditeur|adresse d'expédition|correo del remitente|email del mittente
    |e-mail afzender|e-mail do remetente`,
  ],
  [
    'sender.postalAddress',
    `postal address|mailing address|street address|business address|registered office|physical address|company address|anschrift
    |postanschrift|postadresse|firmenanschrift|firmensitz|adresse postale|siège social|dirección postal|domicilio social|indirizzo postale
    |sede legale|postadres|bezoekadres|endereço postal|morada postal`,
  ],
  [
    'wishedEmails',
    `emails|e-mails|mails|mailings|email count|how many|anzahl|menge|nombre|combien|cantidad|cuántos|quantità|quanti|quante|aantal|hoeveel|quantidade|quantos
    |number of emails|number of messages|sequence|sequenz|frequency|frequenz|fréquence|frecuencia|frequenza|frequentie|frequência`,
  ],
  [
    'other',
    `background|context|about us|budget|budgets|contact|contact person|contacts|team|owner|stakeholders|notes|attachments|internal|constraints|summary
    |overview|approval|approvals|hintergrund|ausgangslage|kontext|über uns|ansprechpartner|ansprechpartnerin|anlagen|intern|notizen|zusammenfassung
    |freigabe|contexte|équipe|remarques|contexto|equipo|presupuesto|notas|contesto|squadra|note|achtergrond|opmerkingen|orçamento|equipa`,
  ],
];

/** Labels that name a field of the sender only where the sender is spoken of. */
const SENDER_LABELS: readonly (readonly [Field, string])[] = [
  [
    'sender.name',
    'name|company|company name|organisation|organization|firma|firmenname|nom|nombre|nome|naam',
  ],
  [
    'sender.email',
    'email|e-mail|mail|email address|e-mail address|e-mail-adresse|courriel|correo|correo electrónico|posta elettronica|e-mailadres',
  ],
  [
    'sender.postalAddress',
    'address|post|adresse|anschrift|dirección|direccion|indirizzo|adres|endereço|morada',
  ],
];

function tableOf(entries: readonly (readonly [Field, string])[]): ReadonlyMap<string, Field> {
  return new Map(
    entries.flatMap(([field, labels]) =>
      labels.split('|').map((label) => [label.trim(), field] as const),
    ),
  );
}

const FIELD_OF = tableOf(LABELS);
const SENDER_FIELD_OF = tableOf(SENDER_LABELS);

/** Words in front of a label that change nothing about it. */
const MODIFIER =
  /^(?:the|our|your|main|primary|overall|campaign|business|marketing|brand|proposed|email|e-mail|specific|unser|unsere|das|die|der|haupt|notre|nos|le|la|les|nuestro|nuestra|el|los|las|il|lo|gli|i|nostro|nostra|het|de|onze|o|a|os|as|nosso|nossa)\s/;

/** Gives the field that `label` announces, or undefined. Case, numbering, Markdown and punctuation do not matter. */
export function fieldOfLabel(label: string, inSender = false): Field | undefined {
  const word = label.trim().toLowerCase();
  if (/^[a-z]{1,60}$/.test(word)) return lookUp(word, inSender) ?? fieldOfPhrase(word);
  let words = normaliseLabel(label);
  for (let tries = 0; tries < 4 && words !== ''; tries += 1) {
    const field = lookUp(words, inSender);
    if (field !== undefined) return field;
    const shorter = words.replace(MODIFIER, '');
    if (shorter === words) break;
    words = shorter;
  }
  const phrased = fieldOfPhrase(normaliseLabel(label));
  if (phrased !== undefined) return phrased;
  return fieldOfParts(words, inSender);
}

/** "Tone and wording" is a label; a sentence with a label's word behind an "and" is none. */
function fieldOfParts(words: string, inSender: boolean): Field | undefined {
  const parts = words.split(/\s*(?:[/&,+]|\s(?:and|und|et|y|e|en)\s)\s*/);
  if (parts.length < 2 || parts.length > 4) return undefined;
  const [first, ...others] = parts.map((part) => lookUp(part, inSender));
  if (first !== undefined) return first;
  return words.split(' ').length <= MAX_PAIR_WORDS
    ? others.find((field) => field !== undefined)
    : undefined;
}

const MAX_PAIR_WORDS = 4;

function lookUp(label: string, inSender: boolean): Field | undefined {
  return (inSender ? SENDER_FIELD_OF.get(label) : undefined) ?? FIELD_OF.get(label);
}

function normaliseLabel(label: string): string {
  return label
    .slice(0, 100)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\([^()]*\)|[*_`"“”„#]|\p{Extended_Pictographic}/gu, '')
    .replace(/^\s*(?:\d{1,2}(?:\.\d{1,2})?[.):]?|[a-z][.)])\s+/, '')
    .replace(/[\s:?!.–-]+$/, '')
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .trim();
}
