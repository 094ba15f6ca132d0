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

/**
 * Reads the register out of a described tone. Formal words win ("friendly, but with Sie"); where nothing is said, English is
 * friendly, and the languages with two forms of address use the formal one.
 */
export function chooseRegister(tone: string, language: Language): Register {
  const informal = /informal|informel|(?:less|moins|menos|meno|minder) forme?e?l/iu.test(tone);
  if (!informal && (FORMAL.test(tone) || (language === 'en' && mannerOf(tone) === 'formal')))
    return 'formal';
  return language === 'en' || FRIENDLY[language].test(tone) ? 'friendly' : 'formal';
}
