import { defineTrade } from '../define-trade.ts';
import { tradePhase } from '../trade.ts';
import { deidentificationAgent } from './deidentify-record.ts';
import { draftAgent } from './draft-letter.ts';
import { Referral, ReferralFacts } from './facts.ts';
import { referralFiles } from './files.ts';
import { letterAgent } from './finish-letter.ts';
import { reviewAgent } from './review-letter.ts';
import pack from './rules.json' with { type: 'json' };
import { selectionAgent } from './select-record.ts';
import {
  draftSilent,
  draftTraced,
  extractClean,
  extractSilent,
  letterMinimal,
  reviewSilent,
} from './unidentified.ts';

/** Referral letters from a FHIR R4 record: no more of it than needed, written without knowing of whom, reviewed by a person. */
export const healthcareTrade = defineTrade({
  id: 'healthcare',
  title: 'Healthcare',
  summary:
    'Referral letters from a FHIR R4 record: no more of it than needed, written without knowing of whom, reviewed by a person.',
  standards: [{ id: 'hipaa' }, { id: 'gdpr' }, { id: 'soc2', holds: ['SOC2-11', 'SOC2-12'] }],
  tags: {
    'deidentification -> draft': ['deidentified', 'totals'],
    'review -> letter': ['approval'],
    'letter -> completed': ['output'],
  },
  complianceFacts: ({ artifacts: { deidentification: made } }) =>
    made === undefined
      ? {}
      : {
          totals: [
            {
              name: 'resources',
              in: made.resourcesIn,
              out: made.resourcesOut,
              explained: 0,
              reference: null,
            },
          ],
        },
  workflow: { id: 'referral-letter', title: 'Referral letter', version: 1 },
  version: '1.0.0',
  input: Referral,
  rules: { pack, facts: ReferralFacts },
  phases: [
    tradePhase('selection', selectionAgent),
    tradePhase('deidentification', deidentificationAgent),
    tradePhase('draft', draftAgent),
    tradePhase('review', reviewAgent),
    tradePhase('letter', letterAgent),
  ],
  transitions: [
    { from: 'selection', to: 'deidentification', name: 'consented and necessary' },
    {
      from: 'deidentification',
      to: 'draft',
      name: 'says of nobody',
      checks: [extractSilent.id, extractClean.id],
    },
    {
      from: 'draft',
      to: 'review',
      name: 'traced and silent',
      checks: [draftSilent.id, draftTraced.id],
      revise: { brief: 'draft', [draftSilent.id]: 'draft', [draftTraced.id]: 'draft' },
    },
    {
      from: 'review',
      to: 'letter',
      name: 'reviewed by a person',
      checks: [reviewSilent.id],
      revise: { 'review-decided': 'review', [reviewSilent.id]: 'review' },
      approval: { phase: 'review', roles: 'approver_roles' },
    },
    { from: 'letter', to: 'completed', name: 'as reviewed', checks: [letterMinimal.id] },
  ],
  checks: [extractSilent, extractClean, draftSilent, draftTraced, reviewSilent, letterMinimal],
  filesFrom: referralFiles,
});
