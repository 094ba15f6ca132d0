import { isPhasegateError } from '../../../../kernel/index.ts';
import { scanText } from '../../../../privacy/index.ts';
import { lineFinder } from '../../read-subject.ts';
import type { RuleHit, ScanRule } from '../../scan-rule.ts';

/** Secrets that are told by their form; what is told by a label alone is too often an example. */
const TYPES: readonly string[] = [
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
];
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
