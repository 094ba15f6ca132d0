import { describe, expect, test } from 'vitest';

import { findStandard, STANDARD_IDS } from '../index.ts';

/** Numbers as a standard counts them, from the last one of each part: `5:37` are `5.1` to `5.37`. */
const numbered = (lasts: string, separator = '.'): ReadonlySet<string> =>
  new Set(
    lasts.split(' ').flatMap((entry) => {
      const [part = '', last] = entry.split(':');
      return Array.from({ length: Number(last) }, (_, index) => `${part}${separator}${index + 1}`);
    }),
  );

/** ISO/IEC 27001:2022, Annex A. */
const ISO = numbered('A.5:37 A.6:8 A.7:14 A.8:34');

/** AICPA, Trust Services Criteria 2017: common, and of availability, confidentiality, integrity of processing, privacy. */
const SOC = numbered(
  'CC1:5 CC2:3 CC3:4 CC4:2 CC5:3 CC6:8 CC7:5 CC8:1 CC9:2 A1:3 C1:2 PI1:5 P1:1 P2:1 P3:2 P4:3 P5:2 P6:7 P7:1 P8:1',
);

/** NIST SP 800-53 Rev. 5: the last control of each family, and those that were withdrawn. */
const NIST = numbered(
  'AC:25 AT:6 AU:16 CA:9 CM:14 CP:13 IA:13 IR:10 MA:7 MP:8 PE:23 PL:11 PM:32 PS:9 PT:8 RA:10 SA:24 SC:51 SI:23 SR:12',
  '-',
);
const NIST_WITHDRAWN = new Set(
  (
    'AC-13 AC-15 AT-5 AU-15 CA-4 CP-5 IR-10 PE-7 PL-3 PL-5 PL-6 RA-4 SA-6 SA-7 SA-12 SA-13 SA-14 SA-18 SA-19 ' +
    'SC-9 SC-14 SC-19 SC-33 SI-9'
  ).split(' '),
);
/** The last enhancement of the controls that have any here, and those withdrawn. */
const NIST_ENHANCEMENTS: Readonly<Record<string, readonly [last: number, ...gone: number[]]>> = {
  'AC-2': [13, 10],
  'AC-3': [15, 1, 6],
  'AC-6': [10],
  'AU-3': [3, 2],
  'AU-5': [5],
  'AU-9': [7],
  'SC-7': [29, 1, 2, 6],
  'SI-7': [17, 4, 11, 13, 14],
  'SI-12': [3],
};

/** PCI DSS v4.0.1: the last requirement on the third level, and on the fourth where there is one. */
const PCI = numbered(
  '3.1:2 3.2:1 3.3:3 3.4:2 3.5:1 3.6:1 3.7:9 4.1:2 4.2:2 6.1:2 6.2:4 6.3:3 6.4:3 6.5:6 7.1:2 7.2:6 7.3:3 8.1:2 8.2:8 ' +
    '8.3:11 8.4:3 8.5:1 8.6:3 10.1:2 10.2:2 10.3:4 10.4:3 10.5:1 10.6:3 10.7:3 ' +
    '3.3.1:3 3.5.1:3 3.6.1:4 4.2.1:2 7.2.5:1 10.2.1:7 10.4.1:1',
);

/** Regulation (EU) 2016/679: the last paragraph of an article that is cited by paragraph, and its last letter where it has some. */
const GDPR_PARTS: Readonly<Record<string, readonly [last: number, letters?: string]>> = {
  5: [2, 'abcdef'],
  6: [4, 'abcdef'],
  7: [4],
  9: [4, 'abcdefghij'],
  22: [4],
  25: [3],
  28: [10],
  32: [4],
  33: [5],
};

/** 45 CFR Part 164: sections of subparts C, D and E. */
const HIPAA_SECTIONS = new Set(
  (
    '302 304 306 308 310 312 314 316 318 400 402 404 406 408 410 412 414 500 501 502 504 506 508 509 510 512 514 520 522 ' +
    '524 526 528 530 532 534 535'
  ).split(' '),
);
/** Paragraphs of the safeguards that are cited, in full. */
const HIPAA_SAFEGUARDS = new Set(
  (
    '164.312(a)(1) 164.312(a)(2)(i) 164.312(a)(2)(ii) 164.312(a)(2)(iii) 164.312(a)(2)(iv) 164.312(b) 164.312(c)(1) ' +
    '164.312(c)(2) 164.312(d) 164.312(e)(1) 164.312(e)(2)(i) 164.312(e)(2)(ii)'
  ).split(' '),
);

/** The Sarbanes-Oxley Act by title, and what stands around it. */
const SOX_SECTIONS = numbered('1:9 2:9 3:8 4:9 5:1 6:4 7:5 8:7 9:6 10:1 11:7', '0');
const SOX_PARTS = new Set(
  (
    '302(a)(1) 302(a)(2) 302(a)(3) 302(a)(4) 302(a)(5) 302(a)(5)(A) 302(a)(5)(B) 302(a)(6) 404(a) 404(b) 404(c) ' +
    '13(b)(2)(A) 13(b)(2)(B)(i) 13(b)(2)(B)(ii) 13(b)(2)(B)(iii) 13(b)(2)(B)(iv)'
  ).split(' '),
);
const COSO = numbered('COSO_P:17', '');

const KNOWN: Readonly<Record<string, (id: string) => boolean>> = {
  iso27001: (id) => ISO.has(id),
  soc2: (id) => SOC.has(id),
  fisma: isNist,
  'pci-dss': (id) => PCI.has(id),
  gdpr: isArticle,
  hipaa: isHipaa,
  sox: (id) =>
    SOX_SECTIONS.has(id) ||
    SOX_PARTS.has(id) ||
    COSO.has(id.replace(' ', '_')) ||
    ['18 USC 1519', '18 USC 1520', '17 CFR 210.2-06'].includes(id),
  // OWASP's ten of 2026 and its ten for agents; the rest are one's own.
  custom: (id) => /^(?:LLM(?:0[1-9]|10):2026|ASI(?:0[1-9]|10)|OWN-[A-Z0-9-]+)$/.test(id),
};

function isNist(id: string): boolean {
  const [, control = '', enhancement] = /^([A-Z]{2}-\d+)(?:\((\d+)\))?$/.exec(id) ?? [];
  if (!NIST.has(control) || NIST_WITHDRAWN.has(control)) return false;
  if (enhancement === undefined) return true;
  const [last = 0, ...gone] = NIST_ENHANCEMENTS[control] ?? [];
  const number = Number(enhancement);
  return number >= 1 && number <= last && !gone.includes(number);
}

function isArticle(id: string): boolean {
  const [, article = '', paragraph, letter] =
    /^([1-9]\d?)(?:\(([1-9]\d?)\)(?:\(([a-z])\))?)?$/.exec(id) ?? [];
  if (paragraph === undefined) return Number(article) >= 1 && Number(article) <= 99;
  const [last, letters = ''] = GDPR_PARTS[article] ?? [0];
  return Number(paragraph) <= last && (letter === undefined || letters.includes(letter));
}

function isHipaa(id: string): boolean {
  const parts =
    /^164\.(\d{3})(?:\([a-z]\)(?:\(\d{1,2}\)(?:\((?:i|ii|iii|iv|v|vi|vii|viii)\)(?:\([A-Z]\))?)?)?)?$/.exec(
      id,
    );
  if (parts === null || !HIPAA_SECTIONS.has(parts[1] ?? '')) return false;
  return parts[1] !== '312' || HIPAA_SAFEGUARDS.has(id);
}

describe.each(STANDARD_IDS)('identifiers of %s', (id) => {
  test('are those that the standard has', () => {
    const isKnown = KNOWN[id];
    const cited = findStandard(id).checks.flatMap(({ controls }) => controls);
    expect(cited.filter((control) => isKnown?.(control) !== true)).toEqual([]);
  });
});

test.each([
  ['iso27001', 'A.8.35', 'A.9.1', '8.15', 'A.6.9'],
  ['soc2', 'CC9.3', 'CC10.1', 'A1.4', 'CC6', 'PI2.1'],
  ['fisma', 'AC-26', 'AC-13', 'AC-3(1)', 'AC-3(16)', 'XX-1', 'AU-09'],
  ['pci-dss', '10.2.3', '10.8.1', '13.1.1', '3.3.1.4', '7.4.1'],
  ['gdpr', '100', '5(3)', '5(1)(g)', '22(5)', 'Art. 5'],
  ['hipaa', '164.311', '164.312(f)', '164.312(a)(3)', '164.308a', '165.312(b)'],
  ['sox', '305(z)', '410', '302(a)(7)', 'COSO P18', '18 USC 1591'],
  ['custom', 'LLM11:2026', 'LLM01:2025', 'ASI00', 'own-1'],
])('%s has no %s', (id, ...mistyped) => {
  expect(mistyped.filter((control) => KNOWN[id]?.(control) !== false)).toEqual([]);
});

test('what a standard counts is how many identifiers it has', () => {
  expect(findStandard('iso27001').extent.total).toBe(ISO.size);
  expect(findStandard('soc2').extent.total).toBe(SOC.size);
  expect(findStandard('gdpr').extent.total).toBe(99);
});
