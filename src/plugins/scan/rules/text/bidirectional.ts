import { lineFinder } from '../../read-subject.ts';
import type { ScanRule } from '../../scan-rule.ts';

/** Characters that show a line in another order than it is read (CVE-2021-42574). */
const BIDIRECTIONAL = /[\u202A-\u202E\u2066-\u2069]/u;
const READ_AS_PROSE = /\.(?:md|txt|html?)$/i;

/** Code that reads otherwise than it runs. */
export const bidirectionalText: ScanRule = {
  id: 'text.bidirectional',
  part: 'threats',
  severity: 'critical',
  confidence: 1,
  message: 'Holds control characters that show code in another order than it runs.',
  gate: 'bidirectional-text',
  pass: 1,
  *find({ texts, manifest }) {
    for (const [file, text] of texts) {
      const at = READ_AS_PROSE.test(file) ? -1 : text.search(BIDIRECTIONAL);
      if (at >= 0) yield { file, line: lineFinder(text)(at) };
    }
    if (BIDIRECTIONAL.test(JSON.stringify(manifest)))
      yield { file: 'phasegate.plugin.json', line: 1 };
  },
};
