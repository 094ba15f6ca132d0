/** A system of codes whose codes are believed, and the form that they have. */
interface System {
  readonly url: string;
  readonly isCode: (code: string) => boolean;
}

const form =
  (pattern: RegExp) =>
  (code: string): boolean =>
    pattern.test(code);

const SYSTEMS: readonly System[] = [
  { url: 'http://loinc.org', isCode: isLoinc },
  { url: 'http://snomed.info/sct', isCode: isSnomed },
  {
    url: 'http://hl7.org/fhir/sid/icd-10',
    isCode: form(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/),
  },
  {
    url: 'http://hl7.org/fhir/sid/icd-10-cm',
    isCode: form(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/),
  },
  { url: 'http://www.nlm.nih.gov/research/umls/rxnorm', isCode: form(/^\d{1,7}$/) },
  { url: 'http://hl7.org/fhir/sid/cvx', isCode: form(/^\d{1,3}$/) },
  { url: 'http://www.whocc.no/atc', isCode: form(/^[A-V]\d{2}([A-Z]([A-Z](\d{2})?)?)?$/) },
  { url: 'http://www.ama-assn.org/go/cpt', isCode: form(/^\d{4}[0-9FTU]$/) },
  { url: 'urn:ietf:bcp:47', isCode: form(/^[a-z]{2,3}(-[A-Z]{2})?$/) },
  { url: 'urn:iso:std:iso:3166', isCode: form(/^[A-Z]{2,3}$/) },
  { url: 'http://unitsofmeasure.org', isCode: isUnit },
];
/** Code systems of HL7: short names, without room for a number of a person. */
const HL7 = /^http:\/\/(terminology\.hl7\.org|hl7\.org\/fhir)\/[\w./-]{1,100}$/;
const HL7_CODE = /^(?!.*\d{5})[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Tells whether a code may stay: its system is one that is known here, and it has the form of that system's codes. */
export function isKnownCode(system: string, code: string): boolean {
  const known = SYSTEMS.find(({ url }) => url === system);
  if (known !== undefined) return known.isCode(code);
  return HL7.test(system) && HL7_CODE.test(code);
}

/** LOINC: digits and a check digit (Luhn), or a part or an answer. */
function isLoinc(code: string): boolean {
  const [, digits = '', check] = /^(?:L[AP])?(\d{1,7})-(\d)$/.exec(code) ?? [];
  if (check === undefined) return false;
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

/** The multiplication of the dihedral group of the pentagon. */
function times(one: number, other: number): number {
  if (one < 5) return other < 5 ? (one + other) % 5 : ((one + other) % 5) + 5;
  return other < 5 ? ((one - other + 5) % 5) + 5 : (one - other + 5) % 5;
}
const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** SNOMED CT: 6 to 18 digits with Verhoeff's check digit. @see SNOMED CT Release File Specifications, 5.5 */
function isSnomed(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  const sum = [...code].toReversed().reduce((total, digit, index) => {
    let turned = Number(digit);
    for (let turns = index % 8; turns > 0; turns--) turned = TURN[turned] ?? 0;
    return times(total, turned);
  }, 0);
  return sum === 0;
}

const PREFIX = '(?:da|[YZEPTGMkhdcmunpfazy])?';
const ATOMS =
  'm|s|g|L|l|mol|eq|osm|Pa|bar|J|W|V|A|K|Hz|N|Bq|Gy|Sv|cal|U|kat|min|h|d|wk|mo|a|Cel|%|10\\*|10\\^' +
  "|\\[iU\\]|\\[arb'U\\]|\\[degF\\]|\\[lb_av\\]|\\[oz_av\\]|\\[in_i\\]|\\[ft_i\\]|\\[pH\\]|\\[drp\\]|m\\[H2O\\]|m\\[Hg\\]|deg|dB";
const ANNOTATIONS = '\\{(?:score|count|HPF|LPF|copies|cells|tbl|beats|breaths|ratio|INR|pH)\\}';
const TERM = `(?:${PREFIX}(?:${ATOMS})-?\\d{0,2}|${ANNOTATIONS}|1)`;
const UNIT = new RegExp(`^/?${TERM}(?:[./]${TERM}){0,4}$`);

/** Tells whether a text is a unit of UCUM, as far as they are in use: its annotations could be anything, and are few here. */
export function isUnit(code: string): boolean {
  return code.length <= 40 && (UNIT.test(code) || /^\/?\{(breaths|beats)\}\/min$/.test(code));
}

/** Units that are an age or a part of one, with how many make a year. */
export const YEARS: Readonly<Record<string, number>> = Object.freeze({
  a: 1,
  mo: 12,
  wk: 52.18,
  d: 365.25,
  h: 8766,
  min: 525_960,
});
