import type { Language } from '../lexicon/languages.ts';

/** What the link says that every email must have. */
export const UNSUBSCRIBE: Readonly<Record<Language, string>> = {
  en: 'Unsubscribe',
  de: 'Abmelden',
  fr: 'Se désabonner',
  es: 'Darse de baja',
  it: 'Annulla l’iscrizione',
  nl: 'Afmelden',
  pt: 'Cancelar a subscrição',
};

/** Asked when words are forbidden that the law has in every email; `%s` stands for the words and the line that holds them. */
export const LAWFUL_AND_FORBIDDEN: Readonly<Record<Language, string>> = {
  en: 'The brief forbids words that the law has in every email: %s. Leave the rule out for this line, or which words are to be avoided instead?',
  de: 'Das Briefing verbietet Worte, die nach dem Gesetz in jeder E-Mail stehen: %s. Soll das Verbot für diese Zeile entfallen, oder welche Worte sind stattdessen zu vermeiden?',
  fr: 'Le brief interdit des mots que la loi impose dans chaque e-mail : %s. Lever la règle pour cette ligne, ou quels mots faut-il éviter à la place ?',
  es: 'El briefing prohíbe palabras que la ley exige en cada correo: %s. ¿Se omite la regla en esta línea, o qué palabras hay que evitar en su lugar?',
  it: 'Il brief vieta parole che la legge impone in ogni e-mail: %s. Si toglie la regola per questa riga, o quali parole vanno evitate al loro posto?',
  nl: 'De briefing verbiedt woorden die volgens de wet in elke e-mail staan: %s. Vervalt de regel voor deze regel tekst, of welke woorden moeten in plaats daarvan worden vermeden?',
  pt: 'O briefing proíbe palavras que a lei exige em cada e-mail: %s. Retira-se a regra para esta linha, ou que palavras devem ser evitadas em vez delas?',
};

/** The way out beside other words; `%s` stands for the line. */
export const NOT_FOR_THE_LAW: Readonly<Record<Language, string>> = {
  en: 'Leave the rule out for this line: %s',
  de: 'Für diese Zeile entfällt das Verbot: %s',
  fr: 'Lever la règle pour cette ligne : %s',
  es: 'Omitir la regla en esta línea: %s',
  it: 'Togliere la regola per questa riga: %s',
  nl: 'De regel vervalt voor deze tekst: %s',
  pt: 'Retirar a regra para esta linha: %s',
};
