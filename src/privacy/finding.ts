/** What is looked for among the data of persons. Names as Presidio has them. */
export const PERSONAL_TYPES = Object.freeze([
  'EMAIL_ADDRESS',
  'CREDIT_CARD',
  'IBAN_CODE',
  'US_SSN',
  'US_ITIN',
  'PHONE_NUMBER',
  'IP_ADDRESS',
  'MAC_ADDRESS',
  'URL',
  'CRYPTO',
  'US_PASSPORT',
  'US_DRIVER_LICENSE',
  'US_BANK_NUMBER',
  'US_MBI',
  'US_NPI',
  'ABA_ROUTING_NUMBER',
  'UK_NHS',
  'UK_NINO',
  'UK_POSTCODE',
  'MEDICAL_LICENSE',
  'MEDICAL_RECORD_NUMBER',
  'DATE_TIME',
] as const);

/** What is looked for among secrets. */
export const SECRET_TYPES = Object.freeze([
  'PRIVATE_KEY',
  'JWT',
  'CONNECTION_STRING',
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'GITHUB_TOKEN',
  'GITLAB_TOKEN',
  'SLACK_TOKEN',
  'SLACK_WEBHOOK',
  'STRIPE_KEY',
  'GOOGLE_API_KEY',
  'OPENAI_KEY',
  'ANTHROPIC_KEY',
  'AZURE_KEY',
  'NPM_TOKEN',
  'SERVICE_TOKEN',
  'BEARER_TOKEN',
  'PASSWORD',
  'SECRET',
] as const);

/** A type that is looked for without a detector of one's own. */
export type PrivacyType = (typeof PERSONAL_TYPES)[number] | (typeof SECRET_TYPES)[number];

/** Something found in a text, by its place: the text from `start` up to `end`, in UTF-16 units. */
export interface Finding {
  /** A {@link PrivacyType}, or the type of a detector of one's own. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** From 0 to 1: how sure it is that this is what its type says. */
  readonly confidence: number;
}

/** A detector of the user's own, for names and addresses of places, say. */
export interface Detector {
  readonly name: string;
  /** Finds what it knows in `text`. It must be quick: it is not interrupted. */
  detect(text: string): Iterable<Finding>;
}

/** What a detector of ours found, in the folded text. */
export interface Match extends Finding {
  readonly type: PrivacyType;
  /** Of two that overlap the higher one stays. */
  readonly rank: number;
}

/** Ranks: what cannot be mistaken for anything else stands highest. */
export const RANK = Object.freeze({
  secret: 100,
  own: 95,
  email: 90,
  checked: 80,
  fixed: 70,
  place: 65,
  labelled: 52,
  loose: 50,
  guessed: 40,
  /** What is added where the label that stands nearest says so. */
  nearest: 8,
});
