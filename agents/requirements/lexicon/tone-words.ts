/** Two ways to sound that exclude each other, in seven languages. */
interface Axis {
  readonly id: string;
  readonly poles: readonly [one: RegExp, other: RegExp];
}

const words = (alternatives: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}])(?:${alternatives})(?![\p{L}])`, 'giu');

const AXES: readonly Axis[] = [
  {
    id: 'formality',
    poles: [
      words(
        String.raw`(?:very |strictly )?formal(?:ly|e|es|er|en|i)?|official|serious(?:ly)?|solemn|restrained|förmlich\p{L}*|formell\p{L}*|seriös\p{L}*|ernst(?:haft\p{L}*)?|feierlich\p{L}*|zurückhaltend\p{L}*|formel(?:le)?s?|soutenue?|sérieu(?:x|se)|seri[oa]s?|sobri[oa]s?|formeel|formele|serieuze?|plechtig`,
      ),
      words(
        String.raw`casual(?:ly)?|cheeky|cheekily|informal(?:ly|e|es|i)?|playful(?:ly)?|funny|silly|slangy|irreverent|jokey|goofy|loud|locker\p{L}*|frech\p{L}*|lässig\p{L}*|flapsig\p{L}*|witzig\p{L}*|lustig\p{L}*|umgangssprachlich|informell\p{L}*|salopp|décontractée?s?|décalée?s?|impertinente?s?|drôles?|familière?|familier|informel(?:le)?|desenfadad[oa]s?|gracios[oa]s?|divertid[oa]s?|descarad[oa]s?|scherzos[oa]|sfacciat[oa]|spiritos[oa]|divertente|informeel|informele|grappige?|brutale?|luchtige?|descontraíd[oa]s?|irreverentes?|atrevid[oa]s?`,
      ),
    ],
  },
  {
    id: 'address',
    poles: [
      words(
        String.raw`(?:per|mit)\s["“„«']?Sie["”“»']?|Sie-(?:Form|Ansprache)|siezen|gesiezt|vouvoyer|vouvoiement|tratar de usted|de usted|dar del lei|del lei|u-vorm|vousvoyeren`,
      ),
      words(
        String.raw`(?:per|mit)\s["“„«']?du["”“»']?|du-(?:Form|Ansprache)|duzen|geduzt|tutoyer|tutoiement|tutear|tuteo|de tú|dare del tu|del tu|je-vorm|tutoyeren`,
      ),
    ],
  },
  {
    id: 'pressure',
    poles: [
      words(
        String.raw`calm(?:ly)?|quiet(?:ly)?|understated|unhurried|ruhig\p{L}*|unaufgeregt\p{L}*|dezent\p{L}*|calmes?|posée?s?|tranquil[oa]s?|calm[oa]s?|pacat[oa]|rustige?|sereno`,
      ),
      words(
        String.raw`loud|shout(?:y|ing)|pushy|screaming|hyped?|aggressive(?:ly)?|reißerisch\p{L}*|marktschreierisch\p{L}*|aufdringlich\p{L}*|laut(?:e[rns]?)?|tapageu(?:r|se)|criard|agresiv[oa]|aggressiv[oa]|schreeuwerige?|agressief|agressivo`,
      ),
    ],
  },
];

const NOT =
  /(?:(?<![\p{L}])(?:not|never|no|isn['’]t|without|avoid|less|rather than|instead of|nicht|nie|kein\p{L}*|ohne|weniger|statt|pas|jamais|ni|moins|sans|no|nunca|menos|sin|non|mai|meno|senza|niet|nooit|geen|minder|zonder|não|nem|menos|sem)\s(?:too |very |overly |a bit |zu |sehr |allzu |trop |très |muy |demasiado |troppo |molto |te |erg |al te |muito )?|n['’]\p{L}+ pas )(?:\p{L}+(?:,\s|\s(?:or|and|oder|und|ou|et|o|y|e|of|en)\s)){0,2}$/iu;
/** Behind or in front of a word: the sound is told for somebody, or for one of the emails. */
const FOR =
  /(?<![\p{L}])(?:for|to|towards|with|in the|in our|on the|für|bei|gegenüber|in der|im|pour|avec|dans l[ea]|para|con|en el|en la|per|nell[ao]|nel|voor|bij|in het|com|n[oa])\s/iu;

/** A word for how emails are to sound. */
export interface ToneWord {
  readonly axis: string;
  readonly pole: 0 | 1;
  readonly written: string;
  readonly start: number;
  /** Whether the clause says for whom, or where, it is meant. */
  readonly limited: boolean;
}

/** Finds words that settle how emails sound and that exclude one another; what is denied is not among them. */
export function findToneWords(text: string): readonly ToneWord[] {
  const patterns = AXES.flatMap(({ id, poles: [one, other] }) => [
    { axis: id, pole: 0 as const, pattern: one },
    { axis: id, pole: 1 as const, pattern: other },
  ]);
  return patterns
    .flatMap(({ axis, pole, pattern }) =>
      Array.from(text.matchAll(pattern), ({ 0: written, index: start }): ToneWord => ({
        axis,
        pole,
        written,
        start,
        limited: FOR.test(clauseBehind(text.slice(start + written.length))),
      })),
    )
    .filter(({ start }) => !NOT.test(text.slice(Math.max(0, start - LEAD), start)))
    .toSorted((one, other) => one.start - other.start);
}

const LEAD = 60;

function clauseBehind(text: string): string {
  return text.split(/[,;.]|\s(?:and|but|und|aber|et|mais|y|pero|e|ma|en|maar|mas)\s/iu)[0] ?? '';
}

/** Makes a remark one about how emails sound: a word for a tone alone may describe anything. */
export const ABOUT_SOUND =
  /(?<![\p{L}])(?:tone|style|voice|sound(?:s|ing)?|writ(?:e|es|ing|ten)|keep (?:it|them|things|the (?:copy|tone|e?-?mails?|texts?))|be (?=[\p{L}]+(?:\.|,| and| please))|copy|e-?mails? (?:should|must) be|wording|ton|tonfall|stil|schreib\p{L}*|kling\p{L}*|text(?:e|en)?|sprache|ansprache|anrede|écri\p{L}*|style|registre|tono|estilo|escrib\p{L}*|scriv\p{L}*|stile|toon|stijl|schrijf\p{L}*|tom|escrev\p{L}*|siezen|duzen|gesiezt|geduzt|vouvoyer|tutoyer|tutear|tutoyeren|vousvoyeren)(?![\p{L}])/iu;
