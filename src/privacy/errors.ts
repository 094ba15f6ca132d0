import { PhasegateError } from '../kernel/index.ts';

/** A text was too long, or took too long, to be looked through: treat it as if it held everything. */
export class ScanBudgetError extends PhasegateError {
  readonly code = 'PRIVACY_BUDGET';
  constructor(what: 'characters' | 'milliseconds' | 'depth' | 'values', limit: number) {
    super(
      `The content could not be looked through within ${limit} ${what}; nothing is known of it.`,
      {
        hint: 'Refuse it, split it, or raise the limit.',
        details: { what, limit },
      },
    );
  }
}

/** A detector of the user's own failed, or found something outside the text. */
export class DetectorError extends PhasegateError {
  readonly code = 'PRIVACY_DETECTOR';
  constructor(name: string, cause?: unknown) {
    super(`The detector "${name}" failed or gave a place outside the text.`, {
      hint: 'Mend the detector: it gets a text and gives type, start, end (UTF-16 units) and a confidence from 0 to 1.',
      details: { name },
      cause,
    });
  }
}

/** A key for pseudonyms or tokens has the wrong length. */
export class PrivacyKeyError extends PhasegateError {
  readonly code = 'PRIVACY_KEY';
  constructor(found: number) {
    super(`Expected a key of at least 32 bytes, found ${found}.`, {
      hint: 'Create one with: openssl rand -hex 32',
      details: { found },
    });
  }
}

/** A pseudonym cannot be turned back: another key made it, or it was changed. */
export class PseudonymError extends PhasegateError {
  readonly code = 'PRIVACY_PSEUDONYM';
  constructor(reason: 'form' | 'key') {
    super(
      reason === 'form'
        ? 'Expected a pseudonym such as <TYPE:text>.'
        : 'The pseudonym was made with another key, or was changed.',
      {
        hint: 'Give the key that it was made with, and the pseudonym as it was made.',
        details: { reason },
      },
    );
  }
}
