import { mannerOf } from '../../strategy/artifact.ts';
import type { Language, Register } from '../content.ts';

const FORMAL =
  /\bformal|\bSie\b|siezen|förmlich|formell|seriös|vouvo|\bvous\b|soutenu|formel|usted|\bLei\b|\bu-vorm|zakelijk|professional|sachlich|official|serious|restrained/u;
const FRIENDLY: Readonly<Record<Exclude<Language, 'en'>, RegExp>> = {
  de: /\b[Dd]u\b|[Dd]uzen|[Dd]u-Form|per [Dd]u|locker|informell/u,
  fr: /\btu\b|tutoie|tutoy|décontracté|informel/iu,
  es: /\btú\b|tutear|tuteo|informal|desenfadad|cercan/iu,
  it: /\btu\b|informale|amichevole|colloquiale/iu,
  nl: /\bje\b|jij|tutoyeren|informeel|vriendelijk|los/iu,
  pt: /\btu\b|informal|descontraíd|próxim|amigável/iu,
};

/** Formality that is denied: "not too formal", "nothing formal", "weniger förmlich". */
const INFORMAL =
  /informal|informel|(?:less|not|nothing|never|moins|pas|menos|meno|minder|niet|não|non|nada|weniger|nicht)(?: too| overly| trop| muy| troppo| te| zu)? (?:form[ae]{1,2}l|förmlich|formell)/iu;

/**
 * Reads the register out of a described tone. Formal words win ("friendly, but with Sie"); where nothing is said, English is
 * friendly, and the languages with two forms of address use the formal one.
 */
export function chooseRegister(tone: string, language: Language): Register {
  if (language === 'en') {
    const formal = mannerOf(tone) === 'formal' || /\bformal/iu.test(tone);
    return formal && !INFORMAL.test(tone) ? 'formal' : 'friendly';
  }
  if (!INFORMAL.test(tone) && FORMAL.test(tone)) return 'formal';
  return FRIENDLY[language].test(tone) ? 'friendly' : 'formal';
}
