import type { Detector, Finding } from '../../privacy/index.ts';

/** What proves a card, and must never be kept: the track, the verification code, the PIN block. */
export const CARD_DATA_TYPES = Object.freeze([
  'CARD_TRACK',
  'CARD_VERIFICATION_CODE',
  'CARD_PIN_BLOCK',
] as const);

// Each pattern is bounded, so that no text takes long.
const PATTERNS: readonly (readonly [(typeof CARD_DATA_TYPES)[number], RegExp])[] = [
  // ISO/IEC 7813: track 1 begins with %B, track 2 holds an equals sign behind the number.
  ['CARD_TRACK', /%?B\d{12,19}\^[^^\r\n]{2,26}\^\d{4,7}/g],
  ['CARD_TRACK', /(?<!\d);?\d{12,19}[=D]\d{7,}\??/g],
  [
    'CARD_VERIFICATION_CODE',
    /(?<![a-z])(?:cvv2?|cvc2?|cav2|cid|csc|card verification (?:code|value)|security code)[\s"':=#-]{1,5}\d{3,4}(?!\d)/gi,
  ],
  ['CARD_PIN_BLOCK', /(?<![a-z])pin[ _-]?block[\s"':=#-]{1,5}[0-9a-f]{16}(?![0-9a-f])/gi],
];

/** Finds sensitive authentication data by its form, or by what announces it. */
export const cardDataDetector: Detector = Object.freeze({
  name: 'card-data',
  *detect(text: string): Iterable<Finding> {
    for (const [type, pattern] of PATTERNS) {
      for (const { index, 0: found } of text.matchAll(pattern))
        yield { type, start: index, end: index + found.length, confidence: 0.9 };
    }
  },
});
