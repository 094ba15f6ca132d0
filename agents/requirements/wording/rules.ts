import type { Language } from '../lexicon/languages.ts';

/** Asked about a line that reads like a rule and that nothing was taken from; `%s` stands for the line. */
export const UNREAD_RULE: Readonly<Record<Language, string>> = {
  en: 'This reads like a rule and was not understood: “%s”. What is meant?',
  de: 'Das liest sich wie eine Vorgabe und wurde nicht verstanden: „%s“. Was ist gemeint?',
  fr: 'Ceci ressemble à une consigne et n’a pas été compris : « %s ». Que veut-on dire ?',
  es: 'Esto parece una regla y no se ha entendido: «%s». ¿Qué se quiere decir?',
  it: 'Questo sembra una regola e non è stato capito: «%s». Che cosa si intende?',
  nl: 'Dit leest als een regel en is niet begrepen: “%s”. Wat wordt bedoeld?',
  pt: 'Isto parece uma regra e não foi entendido: «%s». O que se pretende?',
};

/** What such a line can mean: words to leave out, words to say, people to leave out, or nothing of these. */
export const RULE_MEANS: Readonly<
  Record<Language, readonly [notSay: string, say: string, exclude: string, note: string]>
> = {
  en: [
    'These words must not appear in the emails',
    'These words must appear in every email',
    'These people must not be written to',
    'None of these: keep it as a note for us',
  ],
  de: [
    'Diese Worte dürfen in den E-Mails nicht vorkommen',
    'Diese Worte müssen in jeder E-Mail stehen',
    'Diese Personen dürfen nicht angeschrieben werden',
    'Nichts davon: als Hinweis für uns behalten',
  ],
  fr: [
    'Ces mots ne doivent pas figurer dans les e-mails',
    'Ces mots doivent figurer dans chaque e-mail',
    'Ces personnes ne doivent pas être contactées',
    'Rien de cela : à garder comme note pour nous',
  ],
  es: [
    'Estas palabras no deben aparecer en los correos',
    'Estas palabras deben aparecer en cada correo',
    'A estas personas no se les debe escribir',
    'Nada de eso: guardarlo como nota para nosotros',
  ],
  it: [
    'Queste parole non devono comparire nelle e-mail',
    'Queste parole devono comparire in ogni e-mail',
    'A queste persone non si deve scrivere',
    'Niente di tutto ciò: tenerlo come nota per noi',
  ],
  nl: [
    'Deze woorden mogen niet in de e-mails staan',
    'Deze woorden moeten in elke e-mail staan',
    'Deze mensen mogen niet worden aangeschreven',
    'Geen van deze: bewaren als notitie voor ons',
  ],
  pt: [
    'Estas palavras não devem aparecer nos e-mails',
    'Estas palavras devem aparecer em cada e-mail',
    'Não se deve escrever a estas pessoas',
    'Nada disto: guardar como nota para nós',
  ],
};

/** Asked when the number of emails is none that can be sent; the first `%s` is what the brief says, the second the most. */
export const EMAIL_COUNT: Readonly<Record<Language, string>> = {
  en: 'The brief says “%s”. How many emails should there be, from 1 to %s?',
  de: 'Im Briefing steht „%s“. Wie viele E-Mails sollen es sein, von 1 bis %s?',
  fr: 'Le brief dit « %s ». Combien d’e-mails faut-il, de 1 à %s ?',
  es: 'El briefing dice «%s». ¿Cuántos correos deben ser, de 1 a %s?',
  it: 'Il brief dice «%s». Quante e-mail devono essere, da 1 a %s?',
  nl: 'In de briefing staat “%s”. Hoeveel e-mails moeten het zijn, van 1 tot %s?',
  pt: 'O briefing diz «%s». Quantos e-mails devem ser, de 1 a %s?',
};

/** Asked when the brief forbids to send emails; `%s` stands for what it says. */
export const NO_EMAILS: Readonly<Record<Language, string>> = {
  en: 'The brief says that no email is to be sent: %s. Nothing but emails is written here. Are emails wanted after all? If not, stop this run.',
  de: 'Laut Briefing soll keine E-Mail versendet werden: %s. Hier entstehen nur E-Mails. Sind doch E-Mails gewünscht? Wenn nicht, brechen Sie diesen Lauf ab.',
  fr: 'Le brief dit de n’envoyer aucun e-mail : %s. Ici ne sont écrits que des e-mails. En faut-il malgré tout ? Sinon, arrêtez cette exécution.',
  es: 'El briefing dice que no se envíe ningún correo: %s. Aquí solo se escriben correos. ¿Se quieren a pesar de todo? Si no, detenga esta ejecución.',
  it: 'Il brief dice di non inviare e-mail: %s. Qui si scrivono solo e-mail. Si vogliono comunque? Altrimenti interrompa questa esecuzione.',
  nl: 'Volgens de briefing mag er geen e-mail worden verstuurd: %s. Hier worden alleen e-mails geschreven. Zijn e-mails toch gewenst? Zo niet, stop dan deze run.',
  pt: 'O briefing diz que não se envie nenhum e-mail: %s. Aqui só se escrevem e-mails. São desejados apesar disso? Se não, pare esta execução.',
};

/** The one way on. */
export const EMAILS_AFTER_ALL: Readonly<Record<Language, string>> = {
  en: 'Yes, send emails',
  de: 'Ja, E-Mails versenden',
  fr: 'Oui, envoyer des e-mails',
  es: 'Sí, enviar correos',
  it: 'Sì, inviare e-mail',
  nl: 'Ja, e-mails versturen',
  pt: 'Sim, enviar e-mails',
};

/** The way out when people are named one by one and all of them are meant. */
export const ALL_OF_THEM: Readonly<Record<Language, string>> = {
  en: 'All of them',
  de: 'Sie alle',
  fr: 'Tous',
  es: 'Todos',
  it: 'Tutti',
  nl: 'Allemaal',
  pt: 'Todos',
};
