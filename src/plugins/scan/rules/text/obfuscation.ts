import { lineFinder } from '../../read-subject.ts';
import { factsOf, type ScanRule } from '../../scan-rule.ts';

const ENCODED = /^(?:[A-Za-z0-9+/_-]{1000,}={0,2}|(?:[0-9a-fA-F]{2}){500,})$/;
/** Names as obfuscators give them, and text written as numbers of its letters. */
const RENAMED = /\b_0x[0-9a-f]{4,6}\b/g;
const ESCAPED = /(?:\\x[0-9a-fA-F]{2}){8,}|(?:\\u00[2-7][0-9a-fA-F]){8,}/g;
const SYMBOLS_ONLY = /[[\]()!+{}]{400,}/;
const INVISIBLE = /[\u200B-\u200D\u2060\u2061-\u2064\uFEFF\u{E0000}-\u{E007F}]/gu;

/** A long text that is an encoding of something. */
export const encodedText: ScanRule = {
  id: 'text.encoded',
  part: 'threats',
  severity: 'medium',
  confidence: 0.6,
  message: 'Holds a long encoded text, of which it cannot be said what it is.',
  pass: 1,
  *find(subject) {
    for (const { file, line, text } of factsOf(subject, 'text'))
      if (ENCODED.test(text)) yield { file, line };
  },
};

/** Code that was made hard to read. */
export const obfuscatedCode: ScanRule = {
  id: 'text.obfuscated',
  part: 'threats',
  severity: 'high',
  confidence: 0.9,
  message: 'Was made hard to read.',
  pass: 1,
  *find({ code }) {
    for (const { path, text } of code) {
      const at = obfuscatedAt(text);
      if (at !== undefined) yield { file: path, line: lineFinder(text)(at) };
    }
  },
};

/** Characters that cannot be seen, in a number that no text needs. */
export const invisibleText: ScanRule = {
  id: 'text.invisible',
  part: 'threats',
  severity: 'high',
  confidence: 0.7,
  message: 'Holds many characters that cannot be seen.',
  pass: 1,
  *find({ code }) {
    for (const { path, text } of code) {
      const found = [...text.matchAll(INVISIBLE)];
      const [first] = found;
      if (first !== undefined && found.length >= 16)
        yield { file: path, line: lineFinder(text)(first.index) };
    }
  },
};

function obfuscatedAt(text: string): number | undefined {
  const renamed = [...text.matchAll(RENAMED)];
  if (renamed.length >= 8) return renamed[0]?.index;
  const escaped = [...text.matchAll(ESCAPED)];
  if (escaped.length >= 3) return escaped[0]?.index;
  const at = text.search(SYMBOLS_ONLY);
  return at >= 0 ? at : undefined;
}
