import type { Language } from '../lexicon/languages.ts';

/** Fields that are asked for when a brief does not tell them. */
export type RequiredPath =
  | 'objective'
  | 'audience'
  | 'keyMessages'
  | 'callToAction'
  | 'sender.name'
  | 'sender.email'
  | 'sender.postalAddress';

type Wording = Readonly<Record<Language, string>>;

/** What is asked for a field that the brief does not tell. */
export const MISSING: Readonly<Record<RequiredPath, Wording>> = {
  objective: {
    en: 'What should the campaign achieve?',
    de: 'Was soll die Kampagne erreichen?',
    fr: 'Que doit accomplir la campagne ?',
    es: '¿Qué debe lograr la campaña?',
    it: 'Che cosa deve ottenere la campagna?',
    nl: 'Wat moet de campagne bereiken?',
    pt: 'O que deve a campanha alcançar?',
  },
  audience: {
    en: 'Who should receive the emails? One group per line.',
    de: 'Wer soll die E-Mails erhalten? Eine Gruppe je Zeile.',
    fr: 'Qui doit recevoir les e-mails ? Un groupe par ligne.',
    es: '¿Quién debe recibir los correos? Un grupo por línea.',
    it: 'Chi deve ricevere le e-mail? Un gruppo per riga.',
    nl: 'Wie moet de e-mails ontvangen? Eén groep per regel.',
    pt: 'Quem deve receber os e-mails? Um grupo por linha.',
  },
  keyMessages: {
    en: 'What should the emails tell or offer? One statement per line.',
    de: 'Was sollen die E-Mails mitteilen oder anbieten? Eine Aussage je Zeile.',
    fr: 'Que doivent dire ou proposer les e-mails ? Une phrase par ligne.',
    es: '¿Qué deben decir u ofrecer los correos? Una frase por línea.',
    it: 'Che cosa devono dire o offrire le e-mail? Una frase per riga.',
    nl: 'Wat moeten de e-mails vertellen of aanbieden? Eén zin per regel.',
    pt: 'O que devem os e-mails dizer ou oferecer? Uma frase por linha.',
  },
  callToAction: {
    en: 'What should readers do, and at which address on the web?',
    de: 'Was sollen die Empfänger tun, und unter welcher Webadresse?',
    fr: 'Que doivent faire les lecteurs, et à quelle adresse web ?',
    es: '¿Qué deben hacer los lectores y en qué dirección web?',
    it: 'Che cosa devono fare i lettori, e a quale indirizzo web?',
    nl: 'Wat moeten lezers doen, en op welk webadres?',
    pt: 'O que devem os leitores fazer, e em que endereço web?',
  },
  'sender.name': {
    en: 'Which organisation sends the emails?',
    de: 'Welche Organisation versendet die E-Mails?',
    fr: 'Quelle organisation envoie les e-mails ?',
    es: '¿Qué organización envía los correos?',
    it: 'Quale organizzazione invia le e-mail?',
    nl: 'Welke organisatie verstuurt de e-mails?',
    pt: 'Que organização envia os e-mails?',
  },
  'sender.email': {
    en: 'From which email address are the emails sent?',
    de: 'Von welcher E-Mail-Adresse werden die E-Mails versendet?',
    fr: 'De quelle adresse e-mail partent les e-mails ?',
    es: '¿Desde qué dirección de correo se envían?',
    it: 'Da quale indirizzo e-mail partono le e-mail?',
    nl: 'Vanaf welk e-mailadres worden de e-mails verstuurd?',
    pt: 'De que endereço de e-mail são enviados?',
  },
  'sender.postalAddress': {
    en: 'What is the postal address of the sender? The law asks for it in every email.',
    de: 'Wie lautet die Postanschrift des Absenders? Das Gesetz verlangt sie in jeder E-Mail.',
    fr: "Quelle est l'adresse postale de l'expéditeur ? La loi l'exige dans chaque e-mail.",
    es: '¿Cuál es la dirección postal del remitente? La ley la exige en cada correo.',
    it: "Qual è l'indirizzo postale del mittente? La legge lo richiede in ogni e-mail.",
    nl: 'Wat is het postadres van de afzender? De wet vraagt het in elke e-mail.',
    pt: 'Qual é o endereço postal do remetente? A lei exige-o em cada e-mail.',
  },
};

/** What is said about statements that cannot all be true; `%s` stands for the statements. */
export const CONFLICT = {
  values: {
    en: 'The brief gives different figures for the same thing: %s. Which one is right?',
    de: 'Das Briefing nennt verschiedene Werte für dasselbe: %s. Welcher stimmt?',
    fr: 'Le brief donne des valeurs différentes pour la même chose : %s. Laquelle est juste ?',
    es: 'El briefing da cifras distintas para lo mismo: %s. ¿Cuál es correcta?',
    it: 'Il brief dà valori diversi per la stessa cosa: %s. Quale è giusto?',
    nl: 'De briefing noemt verschillende waarden voor hetzelfde: %s. Welke klopt?',
    pt: 'O briefing dá valores diferentes para o mesmo: %s. Qual é o correto?',
  },
  dates: {
    en: 'The brief gives different dates for the same thing: %s. Which one is right?',
    de: 'Das Briefing nennt verschiedene Termine für dasselbe: %s. Welcher stimmt?',
    fr: 'Le brief donne des dates différentes pour la même chose : %s. Laquelle est juste ?',
    es: 'El briefing da fechas distintas para lo mismo: %s. ¿Cuál es correcta?',
    it: 'Il brief dà date diverse per la stessa cosa: %s. Quale è giusta?',
    nl: 'De briefing noemt verschillende datums voor hetzelfde: %s. Welke klopt?',
    pt: 'O briefing dá datas diferentes para o mesmo: %s. Qual é a correta?',
  },
  dayAndYear: {
    en: 'The brief gives different dates for the same thing: %s. Which date, with its year, is right?',
    de: 'Das Briefing nennt verschiedene Termine für dasselbe: %s. Welches Datum, mit Jahr, stimmt?',
    fr: 'Le brief donne des dates différentes pour la même chose : %s. Quelle date, avec son année, est juste ?',
    es: 'El briefing da fechas distintas para lo mismo: %s. ¿Qué fecha, con su año, es correcta?',
    it: 'Il brief dà date diverse per la stessa cosa: %s. Quale data, con l’anno, è giusta?',
    nl: 'De briefing noemt verschillende datums voor hetzelfde: %s. Welke datum, met jaar, klopt?',
    pt: 'O briefing dá datas diferentes para o mesmo: %s. Que data, com o ano, é a correta?',
  },
  order: {
    en: 'Something ends before it begins: %s. When does it end? Or give beginning and end.',
    de: 'Etwas endet, bevor es beginnt: %s. Wann endet es? Oder nennen Sie Beginn und Ende.',
    fr: 'Quelque chose finit avant de commencer : %s. Quand cela finit-il ? Ou donnez début et fin.',
    es: 'Algo termina antes de empezar: %s. ¿Cuándo termina? O indique inicio y fin.',
    it: 'Qualcosa finisce prima di iniziare: %s. Quando finisce? Oppure indichi inizio e fine.',
    nl: 'Iets eindigt voordat het begint: %s. Wanneer eindigt het? Of noem begin en einde.',
    pt: 'Algo termina antes de começar: %s. Quando termina? Ou indique início e fim.',
  },
  weekday: {
    en: 'The day of the week does not fit the date: %s. Which date is meant?',
    de: 'Der Wochentag passt nicht zum Datum: %s. Welches Datum ist gemeint?',
    fr: 'Le jour de la semaine ne correspond pas à la date : %s. Quelle date est la bonne ?',
    es: 'El día de la semana no coincide con la fecha: %s. ¿Qué fecha se quiere decir?',
    it: 'Il giorno della settimana non corrisponde alla data: %s. Quale data si intende?',
    nl: 'De dag van de week past niet bij de datum: %s. Welke datum is bedoeld?',
    pt: 'O dia da semana não corresponde à data: %s. Que data se pretende?',
  },
  forbidden: {
    en: 'The brief states and forbids the same words: %s. Which one holds?',
    de: 'Das Briefing sagt und verbietet dieselben Worte: %s. Was gilt?',
    fr: 'Le brief affirme et interdit les mêmes mots : %s. Que faut-il retenir ?',
    es: 'El briefing afirma y prohíbe las mismas palabras: %s. ¿Qué vale?',
    it: 'Il brief afferma e vieta le stesse parole: %s. Che cosa vale?',
    nl: 'De briefing zegt en verbiedt dezelfde woorden: %s. Wat geldt?',
    pt: 'O briefing afirma e proíbe as mesmas palavras: %s. O que vale?',
  },
  audience: {
    en: 'The brief includes and excludes the same people: %s. Which one holds?',
    de: 'Das Briefing schließt dieselben Empfänger ein und aus: %s. Was gilt?',
    fr: 'Le brief inclut et exclut les mêmes personnes : %s. Que faut-il retenir ?',
    es: 'El briefing incluye y excluye a las mismas personas: %s. ¿Qué vale?',
    it: 'Il brief include ed esclude le stesse persone: %s. Che cosa vale?',
    nl: 'De briefing noemt dezelfde mensen wel en niet: %s. Wat geldt?',
    pt: 'O briefing inclui e exclui as mesmas pessoas: %s. O que vale?',
  },
  tones: {
    en: 'The emails cannot sound both ways: %s. Which one holds?',
    de: 'Die E-Mails können nicht beides zugleich sein: %s. Was gilt?',
    fr: 'Les e-mails ne peuvent pas avoir les deux tons : %s. Lequel retenir ?',
    es: 'Los correos no pueden sonar de las dos maneras: %s. ¿Cuál vale?',
    it: 'Le e-mail non possono suonare in entrambi i modi: %s. Quale vale?',
    nl: 'De e-mails kunnen niet op beide manieren klinken: %s. Wat geldt?',
    pt: 'Os e-mails não podem soar das duas maneiras: %s. Qual vale?',
  },
  several: {
    en: 'The brief says this in different ways: %s. Which one holds?',
    de: 'Das Briefing sagt dies auf verschiedene Weise: %s. Was gilt?',
    fr: 'Le brief le dit de plusieurs façons : %s. Laquelle retenir ?',
    es: 'El briefing lo dice de distintas maneras: %s. ¿Cuál vale?',
    it: 'Il brief lo dice in modi diversi: %s. Quale vale?',
    nl: 'De briefing zegt dit op verschillende manieren: %s. Welke geldt?',
    pt: 'O briefing diz isto de formas diferentes: %s. Qual vale?',
  },
  language: {
    en: 'The brief is written in one language and asks for another: %s. In which language are the facts to be used?',
    de: 'Das Briefing ist in einer Sprache geschrieben und verlangt eine andere: %s. In welcher Sprache gelten die Angaben?',
    fr: 'Le brief est écrit dans une langue et en demande une autre : %s. Laquelle retenir ?',
    es: 'El briefing está escrito en un idioma y pide otro: %s. ¿Cuál vale?',
    it: 'Il brief è scritto in una lingua e ne chiede un’altra: %s. Quale vale?',
    nl: 'De briefing is in één taal geschreven en vraagt om een andere: %s. Welke geldt?',
    pt: 'O briefing está escrito numa língua e pede outra: %s. Qual vale?',
  },
} as const satisfies Readonly<Record<string, Wording>>;

/** Asked for a date that cannot be read in one way; `%s` stands for the statement. */
export const UNCLEAR_DATE: Wording = {
  en: 'Which date, with its year, is meant in “%s”?',
  de: 'Welches Datum, mit Jahr, ist gemeint in „%s“?',
  fr: 'Quelle date, avec son année, est visée dans « %s » ?',
  es: '¿Qué fecha, con su año, se quiere decir en «%s»?',
  it: 'Quale data, con l’anno, si intende in «%s»?',
  nl: 'Welke datum, met jaar, is bedoeld in “%s”?',
  pt: 'Que data, com o ano, se pretende em «%s»?',
};

/** Asked when a list is longer than can be meant; `%s` stands for what is listed. */
export const TOO_MANY: Wording = {
  en: 'The brief lists more than can be meant under “%s”. Which ones apply? One per line.',
  de: 'Das Briefing nennt unter „%s“ mehr, als gemeint sein kann. Was gilt? Eine Angabe je Zeile.',
  fr: 'Le brief en énumère trop sous « %s ». Lesquels retenir ? Un par ligne.',
  es: 'El briefing enumera demasiado en «%s». ¿Cuáles valen? Uno por línea.',
  it: 'Il brief elenca troppo sotto «%s». Quali valgono? Uno per riga.',
  nl: 'De briefing noemt te veel onder “%s”. Welke gelden? Eén per regel.',
  pt: 'O briefing enumera demasiado em «%s». Quais valem? Um por linha.',
};

/** The two ways out when something is said and forbidden; `%s` stands for the words. */
export const SAY_OR_NOT: Readonly<Record<Language, readonly [say: string, leaveOut: string]>> = {
  en: ['Say it: %s', 'Leave it out: %s'],
  de: ['Sagen: %s', 'Weglassen: %s'],
  fr: ['Le dire : %s', 'L’omettre : %s'],
  es: ['Decirlo: %s', 'Omitirlo: %s'],
  it: ['Dirlo: %s', 'Ometterlo: %s'],
  nl: ['Zeggen: %s', 'Weglaten: %s'],
  pt: ['Dizê-lo: %s', 'Omiti-lo: %s'],
};

/** The two ways out when people are included and excluded; `%s` stands for the people. */
export const INCLUDE_OR_NOT: Readonly<
  Record<Language, readonly [include: string, exclude: string]>
> = {
  en: ['Include: %s', 'Exclude: %s'],
  de: ['Einschließen: %s', 'Ausschließen: %s'],
  fr: ['Inclure : %s', 'Exclure : %s'],
  es: ['Incluir: %s', 'Excluir: %s'],
  it: ['Includere: %s', 'Escludere: %s'],
  nl: ['Wel: %s', 'Niet: %s'],
  pt: ['Incluir: %s', 'Excluir: %s'],
};

/** Said before a question is asked again; `%s` stands for the answer that could not be used. */
export const NOT_UNDERSTOOD: Wording = {
  en: 'The answer “%s” was not understood',
  de: 'Die Antwort „%s“ wurde nicht verstanden',
  fr: 'La réponse « %s » n’a pas été comprise',
  es: 'La respuesta «%s» no se ha entendido',
  it: 'La risposta «%s» non è stata capita',
  nl: 'Het antwoord “%s” is niet begrepen',
  pt: 'A resposta «%s» não foi entendida',
};

/** Said before a question is asked again whose answer names several ways out; `%s` stands for the answer. */
export const NAMES_SEVERAL: Wording = {
  en: 'The answer “%s” names more than one, and only one can hold',
  de: 'Die Antwort „%s“ nennt mehr als eines, und nur eines kann gelten',
  fr: 'La réponse « %s » en nomme plusieurs, et une seule peut valoir',
  es: 'La respuesta «%s» nombra más de una, y solo una puede valer',
  it: 'La risposta «%s» ne nomina più di una, e solo una può valere',
  nl: 'Het antwoord “%s” noemt er meer dan één, en er kan maar één gelden',
  pt: 'A resposta «%s» nomeia mais de uma, e só uma pode valer',
};

/** Said behind {@link NOT_UNDERSTOOD} or {@link NAMES_SEVERAL} where there are options. */
export const CHOOSE: Wording = {
  en: 'choose one of the options, by its words or its number.',
  de: 'wählen Sie eine der Möglichkeiten, mit ihren Worten oder ihrer Nummer.',
  fr: 'choisissez une des options, par ses mots ou son numéro.',
  es: 'elija una de las opciones, por sus palabras o su número.',
  it: 'scelga una delle opzioni, con le sue parole o il suo numero.',
  nl: 'kies een van de opties, met de woorden of het nummer ervan.',
  pt: 'escolha uma das opções, pelas palavras ou pelo número.',
};

/** Asked for constraints that name no wording; `%s` stands for them. */
export const EXACT_WORDS: Wording = {
  en: 'Which exact words must not appear? The brief only says: %s. One wording per line, or “none”.',
  de: 'Welche Worte genau dürfen nicht vorkommen? Das Briefing sagt nur: %s. Eine Angabe je Zeile, oder „keine“.',
  fr: 'Quels mots exacts ne doivent pas apparaître ? Le brief dit seulement : %s. Un par ligne, ou « aucun ».',
  es: '¿Qué palabras exactas no deben aparecer? El briefing solo dice: %s. Una por línea, o «ninguna».',
  it: 'Quali parole esatte non devono comparire? Il brief dice solo: %s. Una per riga, oppure «nessuna».',
  nl: 'Welke woorden mogen precies niet voorkomen? De briefing zegt alleen: %s. Eén per regel, of “geen”.',
  pt: 'Que palavras exatas não devem aparecer? O briefing diz apenas: %s. Uma por linha, ou «nenhuma».',
};

/** Puts `words` where `%s` stands. */
export function say(wording: string, words: string): string {
  return wording.split('%s').join(words);
}
