/** Names and abbreviations of the months in English, German, French, Spanish, Italian, Dutch and Portuguese. */
const NAMES: readonly string[] = [
  'january januar jänner jan janvier janv enero ene gennaio gen januari janeiro',
  'february februar feber feb février fevrier févr fevr febrero febbraio februari fevereiro fev',
  'march märz maerz mär mar mars marzo maart mrt março marco',
  'april apr avril avr abril abr aprile',
  'may mai mayo maggio mag mei maio',
  'june juni jun juin junio giugno giu junho',
  'july juli jul juillet juil julio luglio lug julho',
  'august aug août aout agosto ago augustus',
  'september sept sep septembre septiembre set settembre setembro',
  'october oktober okt oct octobre octubre ottobre ott outubro out',
  'november nov novembre noviembre novembro',
  'december dezember dez dec décembre decembre déc diciembre dic dicembre dezembro',
];

const NUMBERS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) =>
    names.split(' ').map((name): [string, number] => [name, index + 1]),
  ),
);

/** Matches any name of a month; longest first, so that no name is read as its abbreviation. */
export const MONTH_NAME = [...NUMBERS.keys()]
  .toSorted((one, other) => other.length - one.length)
  .join('|');

/** Gives 1 to 12 for a name of a month in any case, with or without the point of an abbreviation. */
export function monthNumber(name: string): number {
  return NUMBERS.get(name.toLowerCase().replace('.', '')) ?? 0;
}
