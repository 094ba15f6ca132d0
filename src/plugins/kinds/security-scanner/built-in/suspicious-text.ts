import type { ScannerFinding } from '../answer.ts';
import { defineScanner } from '../define-scanner.ts';

const CODE = /\.(?:[cm]?[jt]sx?)$/i;
/** Characters that change the order in which text is shown (CVE-2021-42574, "Trojan Source"). */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/u;
/** Characters that are not seen at all; a byte order mark at the start of a file is no such thing. */
const INVISIBLE = /[\u200B\u200C\u2060\u00AD\u180E\u{E0000}-\u{E007F}]|\uFEFF/u;
const WORD = /[\p{L}\p{N}_$]+/gu;
/** Scripts with letters that look like Latin ones. */
const LOOKALIKES = [/\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];
const LICENCE =
  /SPDX-License-Identifier:|@license\b|Licensed under|Permission is hereby granted|All rights reserved/i;
/** A licence stands at the top. */
const HEADER_LINES = 30;

/** Finds text that is not what it looks like, and code that does not say under which licence it stands. */
export const suspiciousText = defineScanner({
  id: 'phasegate.suspicious-text',
  version: '1.0.0',
  title: 'Suspicious text',
  description: 'Finds hidden and reordered characters, lookalike names and missing licences.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  examples: [
    { file: 'index.js', text: '// SPDX-License-Identifier: MIT\nconst \u0430dmin = true;\n' },
    { file: 'index.js', text: '// SPDX-License-Identifier: MIT\nconst admin = true;\n' },
  ],
  scan: (file, text) => {
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
    const isCode = CODE.test(file);
    const found = lines.flatMap((line, index) => findingsOf(line, index + 1, isCode));
    return isCode && text.trim() !== '' ? [...found, ...licenceFinding(lines)] : found;
  },
});

function findingsOf(line: string, at: number, isCode: boolean): readonly ScannerFinding[] {
  const found: ScannerFinding[] = [];
  if (BIDI.test(line))
    found.push({
      rule: 'suspicious-text.reordered',
      severity: isCode ? 'critical' : 'high',
      confidence: 1,
      message: 'A character changes the order in which the line is shown.',
      line: at,
    });
  if (INVISIBLE.test(line))
    found.push({
      rule: 'suspicious-text.invisible',
      severity: 'medium',
      confidence: 0.8,
      message: 'The line holds a character that is not seen.',
      line: at,
    });
  const words = line.match(WORD) ?? [];
  if (isCode && words.some(mixesScripts))
    found.push({
      rule: 'suspicious-text.lookalike',
      severity: 'high',
      confidence: 0.9,
      message: 'One word mixes Latin letters with others that look like them.',
      line: at,
    });
  return found;
}

function mixesScripts(word: string): boolean {
  return /\p{Script=Latin}/u.test(word) && LOOKALIKES.some((script) => script.test(word));
}

function licenceFinding(lines: readonly string[]): readonly ScannerFinding[] {
  if (lines.slice(0, HEADER_LINES).some((line) => LICENCE.test(line))) return [];
  return [
    {
      rule: 'suspicious-text.no-licence',
      severity: 'info',
      confidence: 0.9,
      message: 'The file does not say under which licence it stands.',
      line: 1,
    },
  ];
}
