import type { PrivacyType } from '../finding.ts';
import type { Find } from '../text/index.ts';
import { findBankNumbers, findIbans, findRoutingNumbers } from './financial/bank.ts';
import { findCards } from './financial/card.ts';
import { findDates } from './personal/date-time.ts';
import {
  findBeneficiaryNumbers,
  findMedicalLicenses,
  findMedicalRecords,
  findNhsNumbers,
  findProviderNumbers,
} from './personal/health-numbers.ts';
import { findPhoneNumbers } from './personal/phone.ts';
import { findNationalInsurance, findPostcodes } from './personal/uk.ts';
import { findDriverLicenses, findPassports, findTaxNumbers } from './personal/us-numbers.ts';
import { findAssignedSecrets } from './secrets/assigned.ts';
import { findKnownKeys } from './secrets/known-keys.ts';
import { findStructuredSecrets } from './secrets/structured.ts';
import { findCrypto } from './technical/crypto.ts';
import { findEmails } from './technical/email.ts';
import { findIpAddresses, findMacAddresses } from './technical/network.ts';
import { findUrls } from './technical/url.ts';

/** A detector of ours, and what it may find. */
export interface OwnDetector {
  readonly types: readonly PrivacyType[];
  /** Whether it finds nothing in a text without digits. */
  readonly needsDigits: boolean;
  readonly find: Find;
}

const withDigits = (find: Find, ...types: readonly PrivacyType[]): OwnDetector => ({
  types,
  needsDigits: true,
  find,
});
const inAnyText = (find: Find, ...types: readonly PrivacyType[]): OwnDetector => ({
  types,
  needsDigits: false,
  find,
});

/** All detectors of ours. */
export const DETECTORS: readonly OwnDetector[] = Object.freeze([
  inAnyText(
    findStructuredSecrets,
    'PRIVATE_KEY',
    'JWT',
    'CONNECTION_STRING',
    'BEARER_TOKEN',
    'AZURE_KEY',
  ),
  inAnyText(
    findKnownKeys,
    'AWS_ACCESS_KEY',
    'GITHUB_TOKEN',
    'GITLAB_TOKEN',
    'SLACK_TOKEN',
    'SLACK_WEBHOOK',
    'STRIPE_KEY',
    'GOOGLE_API_KEY',
    'OPENAI_KEY',
    'ANTHROPIC_KEY',
    'NPM_TOKEN',
    'SERVICE_TOKEN',
  ),
  inAnyText(findAssignedSecrets, 'PASSWORD', 'AWS_SECRET_KEY', 'SECRET'),
  inAnyText(findEmails, 'EMAIL_ADDRESS'),
  inAnyText(findUrls, 'URL'),
  inAnyText(findIpAddresses, 'IP_ADDRESS'),
  inAnyText(findMacAddresses, 'MAC_ADDRESS'),
  withDigits(findCrypto, 'CRYPTO'),
  withDigits(findIbans, 'IBAN_CODE'),
  withDigits(findCards, 'CREDIT_CARD'),
  withDigits(findTaxNumbers, 'US_SSN', 'US_ITIN'),
  withDigits(findBeneficiaryNumbers, 'US_MBI'),
  withDigits(findProviderNumbers, 'US_NPI'),
  withDigits(findMedicalLicenses, 'MEDICAL_LICENSE'),
  withDigits(findMedicalRecords, 'MEDICAL_RECORD_NUMBER'),
  withDigits(findNhsNumbers, 'UK_NHS'),
  withDigits(findNationalInsurance, 'UK_NINO'),
  withDigits(findPostcodes, 'UK_POSTCODE'),
  withDigits(findRoutingNumbers, 'ABA_ROUTING_NUMBER'),
  withDigits(findBankNumbers, 'US_BANK_NUMBER'),
  withDigits(findPassports, 'US_PASSPORT'),
  withDigits(findDriverLicenses, 'US_DRIVER_LICENSE'),
  withDigits(findPhoneNumbers, 'PHONE_NUMBER'),
  withDigits(findDates, 'DATE_TIME'),
]);
