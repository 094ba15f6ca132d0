import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Source } from '../../text/index.ts';

const NINO =
  /(?<!\w|\d-)(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][ -]?(?:\d{2}[ -]?\d{2}[ -]?\d{2}|\d{3}[ -]\d{3})(?:[ -]?[A-D])?(?![\w]|-\w)/gi;
const IN_GROUPS = /^\w{2}([ -])\d{2}\1\d{2}\1\d{2}\1\w$/;
const AREAS =
  'AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE';
const POSTCODE = new RegExp(
  `(?<!\\w|\\d-)(?:GIR( ?)0AA|(?:${AREAS})(?:\\d[A-HJKMNP-Y]|\\d{1,2})( {0,2})\\d[ABD-HJLNP-UW-Z]{2})(?![\\w]|-\\w)`,
  'gi',
);
const ORDINAL = /\d(?:st|nd|rd|th)$/;

/**
 * National insurance numbers: the prefixes that are given out, and a suffix unless they are announced.
 *
 * @yields Each of them.
 */
export function* findNationalInsurance(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, NINO)) {
    const { text, start, end } = candidate;
    const isAnnounced = source.labels.announce(start, end, 'nino');
    // Licences of some states look the same.
    if (!isAnnounced && source.labels.nearest(start, 'license')) continue;
    const isWhole =
      /[A-D]$/i.test(text) &&
      (IN_GROUPS.test(text) || text === text.toUpperCase() || text === text.toLowerCase());
    if (!isAnnounced && (!isWhole || source.labels.nearest(start, 'benign'))) continue;
    const confidence = isAnnounced ? 0.95 : 0.85;
    yield matchOf('UK_NINO', candidate, { rank: RANK.fixed + 4, confidence });
  }
}

/**
 * Postcodes of the areas that exist; in one piece where they are announced or in capital letters.
 *
 * @yields Each of them.
 */
export function* findPostcodes(source: Source): Iterable<Match> {
  for (const candidate of candidatesOf(source, POSTCODE)) {
    const { text, start, end, groups } = candidate;
    const isParted = (groups[1] ?? groups[2] ?? '') !== '';
    const isDoubtful =
      isLoose(text, isParted) || (!isParted && source.labels.nearest(start, 'benign'));
    const isAnnounced = source.labels.announce(start, end, 'postcode');
    if (isDoubtful && !isAnnounced) continue;
    const byForm = isParted ? 0.75 : 0.55;
    const confidence = isAnnounced ? 0.95 : byForm;
    yield matchOf('UK_POSTCODE', candidate, { rank: RANK.loose + 2, confidence });
  }
}

/** What is not written in capital letters may be something else: "e1 1st". */
function isLoose(text: string, isParted: boolean): boolean {
  if (text === text.toUpperCase()) return false;
  return !isParted || ORDINAL.test(text) || text !== text.toLowerCase();
}
