import { INVOICE_LABELS, ONE_HOLDER, RECORD_LABELS, SEVERAL_HOLDERS } from './record-labels.ts';

/** What kind of identifier of a person was found. */
export type IdentifierType =
  | 'ssn'
  | 'payment-card'
  | 'iban'
  | 'record-number'
  | 'passport'
  | 'national-id'
  | 'date-of-birth'
  | 'email'
  | 'phone'
  /** A number without a label that says whose it is. */
  | 'telephone';

/** A pattern whose first group is the identifier. Every repetition is bounded, so each takes linear time. */
export interface IdentifierPattern {
  readonly type: IdentifierType;
  readonly pattern: RegExp;
}

const LINK = String.raw`(?:\s{0,3}(?:[:#=-]|is|was|lautet|ist|no\.?|nr\.?|number|nummer)){0,3}\s{0,3}`;
const NUMBER = String.raw`([A-Z]{0,4}[ -]?\d[\d .\/-]{2,18}\d)`;
const ONE_RECORD = String.raw`(?!\d{4}-\d\d-\d\d)(?:[A-Z]{1,4}[ /-]?)?\d(?:[ ./-]?\d){3,18}(?![\p{L}\d])`;
const NEXT = String.raw`\s?(?:,|;|&|\+|and|or|und|oder|sowie|et|ou|y|o|e|en|of)\s{1,2}(?:(?:and|und|et|y|e|en)\s)?`;
const RECORD = String.raw`(${ONE_RECORD}(?:${NEXT}${ONE_RECORD}){0,50})`;
// Without a word for a number: no year, no round number, no amount, and none that counts something.
const AMOUNT = String.raw`[.,]\d|\s?(?:€|EUR|euros?|\$|£|%|km|kg|m²)|\s(?:per|pro|par|por|al|a|im|in|of|von)\s`;
const BARE = String.raw`(?!(?:19|20|21)\d\d(?![\d/-])|\d*00(?![\d/-]))[A-Z]{0,4}-?\d{4,12}(?:[/-]\d{1,6})?(?![\p{L}\d]|${AMOUNT})`;
const BARE_LIST = String.raw`${BARE}(?:${NEXT}${BARE}){1,50}`;
// An amount or a year behind "invoice" is none of its number.
const INVOICE = String.raw`(?!(?:19|20)\d\d(?![\d/-]))(${ONE_RECORD})(?!,\d|\s?(?:€|EUR|euros?|\$|£|%))`;
const MONTH = String.raw`\p{L}{3,12}\.?`;
const DATE = String.raw`(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.?\s{1,2}(?:de\s)?${MONTH},?\s(?:de\s)?\d{4}|\d{1,2}(?:st|nd|rd|th)\s(?:of\s)?${MONTH},?\s\d{4}|${MONTH},?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})`;

const labelled = (type: IdentifierType, labels: string, value: string): IdentifierPattern => ({
  type,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${labels})${LINK}${value}`, 'giu'),
});

/** Words such as a name may stand in front of the brackets. */
const IN_BRACKETS = String.raw`(?:\s[\p{L}.’'-]{1,30}){0,4}\s?[([]\s?(?:(?:no|nr|id|n°|nº)[.:]?\s?|#)?`;

function behind(holder: string, rest: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${holder}${rest}`, 'giu');
}

/** Identifiers that a pattern shows by itself, checksums aside. */
export const PATTERNS: readonly IdentifierPattern[] = [
  { type: 'ssn', pattern: /(?<![\d])(\d{3}[-\s.]{1,3}\d{2}[-\s.]{1,3}\d{4})(?!\d)/g },
  { type: 'ssn', pattern: /(?<!\d[.,/]?)(\d{3}([,:/|·_])\d{2}\2\d{4})(?!\d)/g },
  {
    type: 'national-id',
    pattern: /(?<![A-Z0-9])([A-CEGHJ-PR-TW-Z][A-NP-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D])(?![A-Z0-9])/g,
  },
  labelled(
    'ssn',
    'ssn|s\\.s\\.n\\.|social security',
    String.raw`(\(?\d(?:[^\p{L}\p{N}]{0,3}\d){8})(?!\d)`,
  ),
  labelled(
    'record-number',
    'm\\.r\\.n\\.?|hospital (?:number|no\\.?|id)|chart|insurance (?:policy|number|id|no\\.?)|policy (?:number|no\\.?)|versicherungsnummer|krankenversicherungsnummer',
    String.raw`(?! ?\d{4}-\d\d-)([A-Z]{0,4}[ -]?\d(?:[ -]?\d){4,14})(?![\p{L}\d])`,
  ),
  labelled(
    'record-number',
    '(?:mrn|medical records?|patient(?! ?(?:19|20)\\d\\d(?!\\d))(?: record| id| file)?|case file|fallnummer|fall-?nr\\.?|dossier m[ée]dical)(?!\\p{L})',
    NUMBER,
  ),
  labelled('record-number', RECORD_LABELS, RECORD),
  labelled('record-number', INVOICE_LABELS, INVOICE),
  {
    type: 'record-number',
    pattern: behind(ONE_HOLDER, String.raw`\s{1,2}#?(${BARE})`),
  },
  {
    type: 'record-number',
    pattern: behind(SEVERAL_HOLDERS, String.raw`[\s:]{1,3}(${BARE_LIST})`),
  },
  {
    type: 'record-number',
    pattern: behind(
      ONE_HOLDER,
      String.raw`${IN_BRACKETS}(${BARE}(?:${NEXT}${BARE}){0,50})(?=\s?[)\]])`,
    ),
  },
  {
    type: 'record-number',
    pattern: behind(
      SEVERAL_HOLDERS,
      String.raw`${IN_BRACKETS}(${BARE_LIST}|(?=[A-Z]{0,4}-?\d{5})${BARE})(?=\s?[)\]])`,
    ),
  },
  // A case of a German court or office: "12 O 345/27".
  {
    type: 'record-number',
    pattern:
      /(?:Aktenzeichen|A[Zz]\.?)[\s:]{1,3}(\d{1,4} [A-Z][A-Za-z]{0,2} \d{1,6}\/\d{2,4})(?!\d)/g,
  },
  labelled(
    'national-id',
    'nhs|national insurance|tax id|steuer-?id|steueridentifikationsnummer|sozialversicherungsnummer|versichertennummer|versicherten-?nr\\.?|personalausweis|ausweisnummer|codice fiscale|bsn|dni|nie|nif|cpf|num[ée]ro de s[ée]curit[ée] sociale',
    String.raw`([A-Z]{0,2} ?\d[\dA-Z .-]{4,18}[\dA-Z])`,
  ),
  labelled(
    'passport',
    'passport|reisepass|passeport|pasaporte|passaporto|paspoort|passaporte',
    String.raw`([A-Z]{0,2}\d[A-Z0-9]{5,8})(?![A-Z0-9])`,
  ),
  labelled(
    'date-of-birth',
    'dob|d\\.o\\.b\\.|date of birth|birth ?date|birthday|born(?: on| in)?|geb\\.|geboren(?: am)?|geburtsdatum|n[ée]e? le|date de naissance|fecha de nacimiento|nacid[oa] el|data di nascita|nat[oa] il|geboortedatum|geboren op|data de nascimento|nascid[oa] em',
    DATE,
  ),
  labelled(
    'phone',
    'mobile|cell(?: ?phone)?|private (?:phone|number)|home phone|direct line|mobil(?:nummer|telefon)?|handy(?:nummer)?|privat(?:nummer|telefon)|m[óo]vil|cellulare|portable|mobiel|telem[óo]vel',
    String.raw`(\+?\d[\d ()\/.-]{5,18}\d)`,
  ),
];

/** Telephone numbers that show by their form: international, national with a leading 0, North American. */
export const TELEPHONES: readonly RegExp[] = [
  /(?<![\p{L}\d.,/-]|\d )(?:\+|00)\d(?:[ ()./|·_-]{0,3}\d){6,14}(?!\d)/gu,
  /(?<![\p{L}\d.,/-]|\d )(?!\d{1,2}[-/ ]\d{1,2}[-/ ]\d{2,4}(?!\d))\(?0\d{1,5}\)?[ /-]{1,3}\d(?:[ -]?\d){3,10}(?!\d)/gu,
  /(?<![\d-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])/gu,
];

/** An electronic mail address, also with "(at)" and "(dot)"; group 1 is its local part. */
export const EMAIL =
  /(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64})(?:@|\s?[([{]\s?(?:at|@)\s?[)\]}]\s?)((?:[A-Za-z0-9-]{1,63}(?:\.|\s?[([{]\s?(?:dot|punkt)\s?[)\]}]\s?)){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9])/gi;

/** Local parts that name a function of an organisation, not a person. */
export const ROLE_ADDRESS =
  /^(?:info|hello|hi|hallo|mail|email|post|kontakt|contact|contacto|contatto|contato|contactez|service|servicio|servizio|support|help|helpdesk|hilfe|news|newsletter|noticias|updates|marketing|campaigns?|office|buero|büro|praxis|reception|frontdesk|team|press|presse|sales|vertrieb|verkauf|orders?|bestellung|shop|store|billing|rechnung|accounts?|savings|loans|privacy|datenschutz|dpo|legal|compliance|security|abuse|postmaster|webmaster|admin|noreply|no-reply|donotreply|unsubscribe|abmelden|events?|veranstaltungen|bookings?|termine?|appointments|library|members?|mitglieder|jobs|careers|hr|feedback)(?:[-._+].*)?$/i;
