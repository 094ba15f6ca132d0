/** Takes back what was said right before: "until 24 October, or was it the 17th, no, the poster says 31 October". */
export const DOUBTS =
  /(?<![\p{L}])(?:or (?:was|is) it|oder (?:war|ist) es|ou (?:était|est)-ce|o (?:era|es) el|o (?:era|è) il|of (?:was|is) het|ou (?:era|é) [oa])(?![\p{L}])|[,–]\s(?:no|nein|non|nee|não)(?:,|\s[–-])\s/iu;
