import { defineRules } from '../define-rules.ts';

/** How often a person may be written to, and when: the rules of a campaign's calendar. */
export const contactFrequency = defineRules({
  id: 'phasegate.contact-frequency',
  version: '1.0.0',
  title: 'Contact frequency',
  description:
    'Decides whether a mailing may go out now, by rest days, quiet hours and its audience.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  pack: {
    id: 'contact-frequency',
    version: '1.0.0',
    facts: {
      type: 'object',
      properties: {
        mailing: {
          type: 'object',
          properties: {
            purpose: { type: 'string', enum: ['service', 'news', 'offer'] },
            recipients: { type: 'integer', minimum: 0 },
            hour: { type: 'integer', minimum: 0, maximum: 23, unit: 'hours' },
          },
          required: ['purpose', 'recipients', 'hour'],
          additionalProperties: false,
        },
        audience: {
          type: 'object',
          properties: {
            daysSinceLast: { type: 'integer', minimum: 0, unit: 'days' },
            sentInThirtyDays: { type: 'integer', minimum: 0 },
            complaintRate: { type: 'number', minimum: 0, maximum: 100, unit: 'percent' },
          },
          required: ['daysSinceLast', 'sentInThirtyDays', 'complaintRate'],
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    thresholds: {
      earliest: { value: 8, unit: 'hours' },
      latest: { value: 20, unit: 'hours' },
      complaints: {
        value: 0.3,
        unit: 'percent',
        title: 'Above it mailbox providers turn mail away.',
      },
      large: { value: 50_000, unit: 'count' },
    },
    tables: [
      {
        id: 'rest_days',
        hit: 'unique',
        inputs: [{ expression: 'mailing.purpose' }],
        output: { type: 'int', unit: 'days' },
        rows: [
          { when: ['service'], output: 0 },
          { when: ['news'], output: 3 },
          { when: ['offer'], output: 7 },
        ],
      },
      {
        id: 'most_in_thirty_days',
        hit: 'unique',
        inputs: [{ expression: 'mailing.purpose' }],
        output: { type: 'int' },
        rows: [
          { when: ['service'], output: 1000 },
          { when: ['news'], output: 8 },
          { when: ['offer'], output: 4 },
        ],
      },
    ],
    rules: [
      {
        id: 'rested',
        expression: 'audience.daysSinceLast >= tables.rest_days',
        message: 'The audience was written to too short a while ago.',
        remedy: 'Wait for as many days as the table "rest_days" says.',
        severity: 'high',
      },
      {
        id: 'not-too-many',
        expression: 'audience.sentInThirtyDays < tables.most_in_thirty_days',
        message: 'The audience has had as many mailings in thirty days as it may have.',
        remedy: 'Leave this one out, or join it to the next.',
        severity: 'medium',
      },
      {
        id: 'quiet-hours',
        expression:
          "mailing.purpose == 'service' || (mailing.hour >= thresholds.earliest && mailing.hour < thresholds.latest)",
        message: 'It would go out at night.',
        remedy: 'Send it between 8 and 20 hours of the recipients.',
        severity: 'medium',
      },
      {
        id: 'few-complaints',
        expression:
          'mailing.recipients < thresholds.large || audience.complaintRate < thresholds.complaints',
        message: 'Too many of this audience complain for a mailing of this size.',
        remedy: 'Send it to those who have opened the last ones.',
        severity: 'high',
      },
    ],
  },
  examples: [
    {
      mailing: { purpose: 'news', recipients: 12_000, hour: 10 },
      audience: { daysSinceLast: 6, sentInThirtyDays: 3, complaintRate: 0.05 },
    },
    {
      mailing: { purpose: 'offer', recipients: 80_000, hour: 22 },
      audience: { daysSinceLast: 2, sentInThirtyDays: 4, complaintRate: 0.5 },
    },
  ],
});
