const MONTH_NAMES: readonly string[] = [
  'january januar jänner janvier enero gennaio januari janeiro jan',
  'february februar février febrero febbraio februari fevereiro feb',
  'march märz mars marzo maart março mar mär',
  'april avril abril aprile apr',
  'may mai mayo maggio mei maio',
  'june juni juin junio giugno junho jun',
  'july juli juillet julio luglio julho jul',
  'august août agosto augustus aug',
  'september septembre septiembre settembre setembro sep sept',
  'october oktober octobre octubre ottobre outubro oct okt',
  'november novembre noviembre novembro nov',
  'december dezember décembre diciembre dicembre dezembro dec dez',
];

/** Names of months in seven languages, lower case, to their two digits. */
export const MONTHS: ReadonlyMap<string, string> = new Map(
  MONTH_NAMES.flatMap((names, index) =>
    names.split(' ').map((name) => [name, String(index + 1).padStart(2, '0')] as const),
  ),
);

const UNIT_NAMES: Readonly<Record<string, string>> = {
  '%': '% percent procent prozent',
  EUR: '€ eur euro euros',
  USD: '$ usd dollar dollars',
  GBP: '£ gbp pounds',
  CHF: 'chf franken francs',
  JPY: '¥ jpy yen',
};

/** Signs and words for shares and currencies, lower case, to one sign each. */
export const UNITS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(UNIT_NAMES).flatMap(([unit, names]) =>
    names.split(' ').map((name) => [name, unit] as const),
  ),
  ['per cent', '%'],
  ['pour cent', '%'],
  ['por ciento', '%'],
  ['per cento', '%'],
  ['por cento', '%'],
]);
