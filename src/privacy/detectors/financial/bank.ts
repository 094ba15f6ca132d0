import { passesMod97, passesRouting } from '../../checksums/index.ts';
import { RANK, type Match } from '../../finding.ts';
import { bonusOf, candidatesOf, digitsOf, matchOf, type Source } from '../../text/index.ts';

/** The length of an IBAN by country (SWIFT's registry of IBAN formats). */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 DZ26 EE20 ' +
    'EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 ' +
    'KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 MZ25 NI28 NL18 NO15 ' +
    'OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SN28 SO23 ST25 SV28 TL23 TN24 ' +
    'TR26 UA29 VA22 VG24 XK20 YE30 AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 GA27 GQ27 GW25 KM27 MG27 ML28 NE28 TD27 TG28'
  )
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const IBAN_START = /(?<![A-Za-z0-9])[a-z]{2}[ -]?\d[ -]?\d/gi;
const NAMED_IBAN_START = /(?<=(?<![A-Za-z])iban)[a-z]{2}[ -]?\d[ -]?\d/gi;
const LONGEST_GAP = 3;
const ROUTING = /(?<!\w|\d[ .-])(?:\d{9}|\d{4}[ -]\d{4}[ -]\d)(?![\w-]|\.\d)/g;
/** The first two digits of a routing number: districts, thrifts, electronic, government, traveller's cheques. */
const DISTRICT = /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;
const DATE = /^(?:19|20)\d\d-\d\d-\d\d$|^\d\d-\d\d-(?:19|20)\d\d$/;
const ACCOUNT = /(?<!\w|\d[.-])\d(?:[ -]?\d){5,16}(?![\w-]|\.\d)/g;

/**
 * International account numbers whose check digits are right, in groups or not, in either case.
 *
 * @yields Each of them.
 */
export function* findIbans(source: Source): Iterable<Match> {
  yield* ibansFrom(source, IBAN_START);
  if (/iban/i.test(source.text)) yield* ibansFrom(source, NAMED_IBAN_START);
}

function* ibansFrom(source: Source, pattern: RegExp): Iterable<Match> {
  for (const { text, start } of candidatesOf(source, pattern)) {
    const length = IBAN_LENGTHS.get(text.slice(0, 2).toUpperCase());
    const end = length === undefined ? undefined : endOf(source.text, start, length);
    if (end === undefined) continue;
    const code = source.text
      .slice(start, end)
      .replaceAll(/[^A-Za-z0-9]/g, '')
      .toUpperCase();
    if (!passesMod97(code)) continue;
    yield matchOf('IBAN_CODE', { start, end }, { rank: RANK.checked + 1, confidence: 0.99 });
  }
}

/**
 * Routing numbers of banks in the United States, where they are announced.
 *
 * @yields Each of them.
 */
export function* findRoutingNumbers(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, ROUTING)) {
    const digits = digitsOf(candidate.text);
    if (!DISTRICT.test(digits) || !passesRouting(digits)) continue;
    if (!source.labels.announce(candidate.start, candidate.end, 'aba')) continue;
    yield matchOf('ABA_ROUTING_NUMBER', candidate, {
      rank: RANK.labelled + 2 + bonusOf(source, candidate, 'aba'),
      confidence: 0.9,
    });
  }
}

/**
 * Account numbers, which have no form of their own: where they are announced.
 *
 * @yields Each of them.
 */
export function* findBankNumbers(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, ACCOUNT)) {
    if (DATE.test(candidate.text)) continue;
    if (!source.labels.announce(candidate.start, candidate.end, 'bank')) continue;
    yield matchOf('US_BANK_NUMBER', candidate, {
      rank: RANK.loose - 1 + bonusOf(source, candidate, 'bank'),
      confidence: 0.6,
    });
  }
}

/** Where the code ends that has `length` letters and digits from `start`; undefined if it is torn or goes on. */
function endOf(text: string, start: number, length: number): number | undefined {
  let count = 0;
  let gap = 0;
  for (let place = start; place < text.length; place += 1) {
    const letter = text.charAt(place);
    if (/[A-Za-z0-9]/.test(letter)) {
      count += 1;
      gap = 0;
    } else {
      gap += 1;
      if (gap > LONGEST_GAP || !/[ .\-/\t\r\n_]/.test(letter)) return undefined;
    }
    if (count === length) {
      return /[A-Za-z0-9]/.test(text.charAt(place + 1)) ? undefined : place + 1;
    }
  }
  return undefined;
}
