/** Languages whose labels and dates are known. */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt';

export const LANGUAGES: readonly Language[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];

/** Frequent words, and the labels of a brief; umlauts and accents kept. A word of several languages counts for each in part. */
const STOP_WORDS: Readonly<Record<Language, string>> = {
  en: 'the and of to is are for with that this who not will our we you your by from be have has at on or which their it should must every before off until all can get new more than when was were as did audience objective offer messages sender',
  de: 'der die das und ist sind für mit dass nicht wird unser unsere wir sie ihre ihr von zu im den dem des ein eine einen auf bis oder bei nach auch aus werden soll ziel zielgruppe angebot kernbotschaften absender',
  fr: 'le la les des et est sont pour avec que ne pas nous vous votre notre du une un dans sur par ou au aux qui leur ce cette jusqu doit objectif cible offre expéditeur',
  es: 'el los las y es son para con que no nosotros su sus nuestro nuestra del una un en por o al quien este esta hasta debe como más objetivo oferta mensajes remitente público',
  it: 'il lo gli e è sono per con che non noi voi nostro nostra del della dei delle una un nel su da o al chi questo questa fino deve più obiettivo offerta messaggi mittente destinatari',
  nl: 'de het en is zijn voor met dat niet wij we u uw onze ons van een in op door of bij naar ook uit worden moet tot deze die doel doelgroep aanbod boodschappen afzender',
  pt: 'o os as e é são para com que não nós você seu sua nosso nossa do da dos das uma um em no na por ou ao quem este esta até deve mais objetivo oferta mensagens remetente público',
};

const LANGUAGES_OF_WORD = new Map<string, Language[]>();
for (const language of LANGUAGES) {
  for (const word of STOP_WORDS[language].split(' ')) {
    LANGUAGES_OF_WORD.set(word, [...(LANGUAGES_OF_WORD.get(word) ?? []), language]);
  }
}

const READ_CHARACTERS = 200_000;

/** Gives the language whose frequent words `text` holds most of; English when none stands out. */
export function detectLanguage(text: string): Language {
  const scores = new Map<Language, number>();
  for (const [word] of text
    .slice(0, READ_CHARACTERS)
    .toLowerCase()
    .matchAll(/\p{L}+/gu)) {
    const languages = LANGUAGES_OF_WORD.get(word) ?? [];
    for (const language of languages)
      scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  let best: Language = 'en';
  for (const language of LANGUAGES) {
    if ((scores.get(language) ?? 0) > (scores.get(best) ?? 0)) best = language;
  }
  return best;
}

const NAMES: readonly (readonly [Language, RegExp])[] = [
  ['en', /^(?:english|englisch|anglais|inglés|inglese|engels|inglês|en)\b/i],
  ['de', /^(?:german|deutsch|allemand|alemán|tedesco|duits|alemão|de)\b/i],
  ['fr', /^(?:french|französisch|français|francés|francese|frans|francês|fr)(?![\p{L}])/iu],
  ['es', /^(?:spanish|spanisch|espagnol|español|spagnolo|spaans|espanhol|es)\b/i],
  ['it', /^(?:italian|italienisch|italien|italiano|italiaans|it)\b/i],
  ['nl', /^(?:dutch|niederländisch|néerlandais|neerlandés|olandese|nederlands|holandês|nl)\b/i],
  [
    'pt',
    /^(?:portuguese|portugiesisch|portugais|portugués|portoghese|portugees|português|pt)(?![\p{L}])/iu,
  ],
];

/** Gives the language that `name` names, in any of the languages; undefined when it names none of them. */
export function languageNamed(name: string): Language | undefined {
  return NAMES.find(([, pattern]) => pattern.test(name.trim()))?.[0];
}
