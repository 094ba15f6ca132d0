import type { Language } from '../lexicon/languages.ts';

/** Asked about statements with a foreign address; `%h` stands for its host, `%s` for the statements. */
export const FOREIGN_LINK: Readonly<Record<Language, string>> = {
  en: 'The brief names %h, which is neither the sender’s address nor that of the call to action: %s. May it stand in the emails?',
  de: 'Das Briefing nennt %h, weder Adresse des Absenders noch der Handlungsaufforderung: %s. Darf das in den E-Mails stehen?',
  fr: 'Le brief cite %h, qui n’est ni l’adresse de l’expéditeur ni celle de l’appel à l’action : %s. Cela peut-il figurer dans les e-mails ?',
  es: 'El briefing cita %h, que no es la dirección del remitente ni la de la llamada a la acción: %s. ¿Puede figurar en los correos?',
  it: 'Il brief cita %h, che non è né l’indirizzo del mittente né quello dell’invito all’azione: %s. Può stare nelle e-mail?',
  nl: 'De briefing noemt %h, niet het adres van de afzender en niet dat van de oproep tot actie: %s. Mag dit in de e-mails staan?',
  pt: 'O briefing cita %h, que não é o endereço do remetente nem o da chamada para ação: %s. Pode constar nos e-mails?',
};

/** Asked about statements that hold a fragment of a command or a program; `%s` stands for them. */
export const LOOKS_LIKE_COMMAND: Readonly<Record<Language, string>> = {
  en: 'This looks like a command for a computer: %s. May it stand in the emails?',
  de: 'Das sieht nach einem Befehl für einen Computer aus: %s. Darf das in den E-Mails stehen?',
  fr: 'Ceci ressemble à une commande pour un ordinateur : %s. Cela peut-il figurer dans les e-mails ?',
  es: 'Esto parece una orden para un ordenador: %s. ¿Puede figurar en los correos?',
  it: 'Questo sembra un comando per un computer: %s. Può stare nelle e-mail?',
  nl: 'Dit lijkt op een opdracht voor een computer: %s. Mag dit in de e-mails staan?',
  pt: 'Isto parece um comando para um computador: %s. Pode constar nos e-mails?',
};

/** The two ways out. */
export const MAY_STAND: Readonly<Record<Language, readonly [yes: string, no: string]>> = {
  en: ['Yes, it may stand in the emails', 'No, leave it out'],
  de: ['Ja, das darf in den E-Mails stehen', 'Nein, weglassen'],
  fr: ['Oui, cela peut figurer dans les e-mails', 'Non, l’omettre'],
  es: ['Sí, puede figurar en los correos', 'No, omitirlo'],
  it: ['Sì, può stare nelle e-mail', 'No, ometterlo'],
  nl: ['Ja, dit mag in de e-mails staan', 'Nee, weglaten'],
  pt: ['Sim, pode constar nos e-mails', 'Não, omiti-lo'],
};
