import { isPhasegateError } from '../../../../kernel/index.ts';
import { scanText, SECRET_TYPES } from '../../../../privacy/index.ts';
import { lineFinder } from '../../read-subject.ts';
import type { RuleHit, ScanRule } from '../../scan-rule.ts';

/** Secrets that are told by a label alone are too often examples. */
const TOLD_BY_LABEL: ReadonlySet<string> = new Set(['BEARER_TOKEN', 'PASSWORD', 'SECRET']);
const TYPES = SECRET_TYPES.filter((type) => !TOLD_BY_LABEL.has(type));
const LEAST_CONFIDENCE = 0.8;

/** A secret that came along in a file. */
export const secretInFile: ScanRule = {
  id: 'secret.in-file',
  part: 'threats',
  severity: 'high',
  confidence: 0.9,
  message: 'Holds a secret.',
  pass: 1,
  *find({ texts, manifest }) {
    for (const [file, text] of texts) if (file !== manifest.signature) yield* secretsIn(file, text);
  },
};

function* secretsIn(file: string, text: string): Iterable<RuleHit> {
  const lineOf = lineFinder(text);
  try {
    for (const { type, start } of scanText(text, { types: TYPES, minConfidence: LEAST_CONFIDENCE }))
      yield { file, line: lineOf(start), message: `Holds a secret of type ${type}.` };
  } catch (error) {
    if (!isPhasegateError(error) || error.code !== 'PRIVACY_BUDGET') throw error;
    yield {
      file,
      line: 1,
      severity: 'medium',
      message: 'Is too large to be searched for secrets.',
    };
  }
}
