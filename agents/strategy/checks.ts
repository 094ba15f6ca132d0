import { z } from 'zod';

import { defineCheck, fail, pass, type Check } from '../../src/validation/index.ts';
import { Requirements } from '../requirements/artifact.ts';
import { Strategy } from './artifact.ts';
import {
  breachesOfConstraints,
  breachesOfCoverage,
  breachesOfDeadlines,
  breachesOfOrder,
  breachesOfTracing,
  type Breaches,
  type PlanFacts,
} from './judging/judge-plan.ts';

/** Where a gate finds the plan that it judges. */
export interface PlanPlace<Facts> {
  /** First part of the checks' ids, dotted lower case: `strategy`. */
  readonly prefix: string;
  /** Path of the plan within the gate's facts: `artifacts.strategy`. */
  readonly path: string;
  readonly reads: z.ZodType<Facts>;
  readonly take: (facts: Facts) => PlanFacts;
}

/** The five questions that a plan must answer, wherever it stands. */
export interface PlanChecks<Facts> {
  /** Every choice rests on something that the requirements hold. */
  readonly traced: Check<Facts>;
  /** Every segment has its message and gets email, and no other segment does. */
  readonly coversSegments: Check<Facts>;
  /** No email goes out after a deadline. */
  readonly withinDeadlines: Check<Facts>;
  /** Nothing that must not be said, no figure that the requirements do not hold, and the brief's call to action. */
  readonly honoursConstraints: Check<Facts>;
  /** Emails are in the order of their days, each id once. */
  readonly sequenceOrdered: Check<Facts>;
}

/**
 * Gives the checks of a plan that stands at `place`, so that one set of rules judges what the agent planned and what a
 * person made of it.
 */
export function planChecks<Facts>(place: PlanPlace<Facts>): PlanChecks<Facts> {
  const define = (id: string, rule: Rule): Check<Facts> =>
    defineCheck({
      id: `${place.prefix}.${id}`,
      version: String(rule.breaches),
      reads: place.reads,
      message: rule.message,
      remedy: rule.remedy,
      evaluate: (facts) => {
        const breaches = rule.breaches(place.take(facts));
        return breaches.length === 0
          ? pass()
          : fail({ paths: breaches.map((path) => `${place.path}.${path}`) });
      },
    });
  return Object.freeze({
    traced: define('traced', TRACED),
    coversSegments: define('covers-segments', COVERS_SEGMENTS),
    withinDeadlines: define('within-deadlines', WITHIN_DEADLINES),
    honoursConstraints: define('honours-constraints', HONOURS_CONSTRAINTS),
    sequenceOrdered: define('sequence-ordered', SEQUENCE_ORDERED),
  });
}

interface Rule {
  readonly message: string;
  readonly remedy: string;
  readonly breaches: (facts: PlanFacts) => Breaches;
}

const TRACED: Rule = {
  message: 'A choice of the plan rests on something that the requirements do not hold.',
  remedy: 'Trace it to ids of facts, segments or deadlines of the requirements.',
  breaches: breachesOfTracing,
};
const COVERS_SEGMENTS: Rule = {
  message: 'The segments of the plan are not the segments of the requirements.',
  remedy:
    'Give each segment of the requirements one message and at least one email, and no other segment any.',
  breaches: breachesOfCoverage,
};
const WITHIN_DEADLINES: Rule = {
  message: 'An email goes out after a deadline, or nothing says that it does not.',
  remedy:
    'Give the email a date on or before the deadline that leaves time for the emails before it; plan a last call only where something ends.',
  breaches: breachesOfDeadlines,
};
const HONOURS_CONSTRAINTS: Rule = {
  message:
    'A text of the plan says what must not be said, holds a figure that the requirements do not hold, or is a call to action that they do not hold.',
  remedy:
    "Use other words, only figures from the brief or from an answer, and the brief's call to action or a plain one; whatever else readers should be told belongs into the brief.",
  breaches: breachesOfConstraints,
};
const SEQUENCE_ORDERED: Rule = {
  message: 'The emails are not in order.',
  remedy: 'Begin on day 0, let no email go before the one above it, and use each id once.',
  breaches: breachesOfOrder,
};

const checks = planChecks({
  prefix: 'strategy',
  path: 'artifacts.strategy',
  reads: z.object({ artifacts: z.object({ requirements: Requirements, strategy: Strategy }) }),
  take: ({ artifacts }) => artifacts,
});

export const strategyTraced = checks.traced;
export const strategyCoversSegments = checks.coversSegments;
export const strategyWithinDeadlines = checks.withinDeadlines;
export const strategyHonoursConstraints = checks.honoursConstraints;
export const strategySequenceOrdered = checks.sequenceOrdered;

/** The same questions about the plan that a person approved or edited, for the gate after the confirmation. */
export const confirmedStrategyChecks = planChecks({
  prefix: 'confirmed-strategy',
  path: 'artifacts.confirmation.strategy',
  reads: z.object({
    artifacts: z.object({
      requirements: Requirements,
      confirmation: z.object({ strategy: Strategy }),
    }),
  }),
  take: ({ artifacts }) => ({
    requirements: artifacts.requirements,
    strategy: artifacts.confirmation.strategy,
  }),
});
