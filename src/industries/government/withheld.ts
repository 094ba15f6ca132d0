import { z } from 'zod';

import { defineCheck, fail, pass, type Check } from '../../validation/index.ts';
import { scanValue } from '../../privacy/index.ts';
import { figuresTraced } from '../write-texts.ts';
import {
  RecordsRequest,
  Redaction,
  Release,
  Response,
  Scoping,
  type ReleasedRecord,
} from './facts.ts';
import { placesOf, WITHHELD_TYPES } from './redact-records.ts';
import { responseFacts } from './respond.ts';

interface Withholding {
  readonly id: string;
  readonly phase: 'redaction' | 'release';
  readonly artifact: z.ZodType<{ readonly records: readonly ReleasedRecord[] }>;
}

/** Makes a check that records hold nothing that was to be withheld: no term, no identifier, no closed paragraph. */
function withholds({ id, phase, artifact }: Withholding): Check {
  return defineCheck({
    id,
    version: `1 ${phase} ${WITHHELD_TYPES.join(' ')}`,
    reads: z.object({
      input: z.object({ terms: RecordsRequest.shape.terms }),
      artifacts: z.object({ [phase]: artifact }),
    }),
    message: 'A record would be released with something that is to be withheld.',
    remedy: 'Look at the paragraphs named, and redact them.',
    evaluate: ({ input, artifacts }) => {
      const records = artifacts[phase]?.records ?? [];
      const paths = records.flatMap(({ title, paragraphs }, index) => {
        const base = `artifacts.${phase}.records.${index}`;
        const texts = [title, ...paragraphs.map(({ text }) => text)];
        const told = texts.some((text) =>
          input.terms.some((term) => placesOf(term.text, text).length > 0),
        );
        const closed = paragraphs.some(
          ({ label, text }) => (label === 'confidential' || label === 'restricted') && text !== '',
        );
        const found = scanValue(texts, { types: WITHHELD_TYPES }).length > 0;
        return told || closed || found ? [base] : [];
      });
      return paths.length === 0 ? pass() : fail({ paths });
    },
  });
}

/** What was redacted holds nothing that is to be withheld. */
export const redactionWithholds = withholds({
  id: 'records.redaction-withholds',
  phase: 'redaction',
  artifact: Redaction,
});

/** What leaves holds nothing that is to be withheld. */
export const releaseWithholds = withholds({
  id: 'records.release-withholds',
  phase: 'release',
  artifact: Release,
});

/** No figure of the letter is made up. */
export const responseTraced = figuresTraced({
  id: 'records.response-traced',
  reads: z.object({
    input: RecordsRequest,
    artifacts: z.object({ scoping: Scoping, redaction: Redaction, response: Response }),
  }),
  path: 'artifacts.response.texts',
  texts: ({ artifacts: { response } }) => Object.values(response.texts),
  sources: (facts) => responseFacts(facts),
});
