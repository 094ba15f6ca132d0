import { z } from 'zod';

import type { Endpoint } from '../../facts/vocabulary.ts';
import { undecided, type Judgement } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** Schemes that are TLS by their name, and `none` for what does not leave the machine. */
const ENCRYPTED = [
  'https',
  'wss',
  'rediss',
  'postgresqls',
  'grpcs',
  'smtps',
  'sftp',
  'ssh',
  'none',
];

/** Nothing travels in clear. */
export const cryptoTransit = definePrimitive(
  {
    id: 'crypto.transit',
    parameters: z.strictObject({
      /** Schemes that count as encrypted. */
      schemes: z.array(z.string().min(1)).min(1).default(ENCRYPTED),
    }),
    evidence: ['config'],
    predicate: 'All endpoints use TLS; schemes in clear are denied',
    says: 'The scheme that is set',
    cannotSay: 'The strength of the cipher on the wire',
  },
  {
    gate: {
      needs: ['endpoints'],
      judge: ({ endpoints }, { schemes }) =>
        judgeSchemes(endpoints, schemes, 'compliance.endpoints'),
    },
    report: {
      needs: ['endpoints'],
      assess: ({ endpoints }, { schemes }) => judgeSchemes(endpoints, schemes, 'endpoints'),
    },
  },
);

function judgeSchemes(
  endpoints: readonly Endpoint[],
  schemes: readonly string[],
  path: string,
): Judgement {
  if (endpoints.length === 0)
    return undecided('No endpoint is named.', {
      remedy: 'Name the endpoints of models, tools and stores, those on this machine too.',
      paths: [path],
    });
  return judgeEach(endpoints, {
    path,
    holds: ({ scheme }) => schemes.includes(scheme.toLowerCase().replace(/:(?:\/\/)?$/, '')),
    yes: `${endpoints.length} endpoints use an encrypted scheme.`,
    no: 'An endpoint uses a scheme in clear.',
    remedy: 'Let it use TLS.',
  });
}
