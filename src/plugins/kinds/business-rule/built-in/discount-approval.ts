import { defineRules } from '../define-rules.ts';

/** Which discount a customer may get, and who has to approve an order. */
export const discountApproval = defineRules({
  id: 'phasegate.discount-approval',
  version: '2.0.0',
  title: 'Discounts and approvals',
  description: 'Decides by tables which discount may be given and who approves an order.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  pack: {
    id: 'discount-approval',
    version: '2.0.0',
    facts: {
      type: 'object',
      properties: {
        customer: {
          type: 'object',
          properties: { tier: { type: 'string' } },
          required: ['tier'],
          additionalProperties: false,
        },
        order: {
          type: 'object',
          properties: {
            total: { type: 'number', minimum: 0, unit: 'EUR' },
            discount: { type: 'number', minimum: 0, maximum: 100, unit: 'percent' },
            approvedBy: { type: 'string' },
          },
          required: ['total', 'discount'],
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    thresholds: {
      small_order: { value: 5000, unit: 'EUR', title: 'Below it new customers get no discount.' },
    },
    tables: [
      {
        id: 'highest_discount',
        hit: 'unique',
        inputs: [
          { expression: 'customer.tier' },
          { expression: 'order.total < thresholds.small_order' },
        ],
        output: { type: 'double', unit: 'percent' },
        rows: [
          { when: [['new', 'standard'], true], output: 0 },
          { when: [['new', 'standard'], false], output: 5 },
          { when: ['silver', '-'], output: 8 },
          { when: ['gold', '-'], output: 15 },
        ],
      },
      {
        id: 'approver',
        hit: 'first',
        inputs: [
          { expression: 'order.total', unit: 'EUR' },
          { expression: 'order.discount', unit: 'percent' },
        ],
        output: { type: 'string' },
        rows: [
          { when: ['-', { above: 15 }], output: 'head-of-sales' },
          { when: [{ min: 50_000 }, '-'], output: 'board' },
          { when: ['-', { above: 5 }], output: 'team-lead' },
          { when: ['-', '-'], output: 'none' },
        ],
      },
    ],
    rules: [
      {
        id: 'within-tier',
        expression: 'order.discount <= tables.highest_discount',
        message: 'The discount is higher than the tier of the customer allows.',
        remedy: 'Lower it, or ask the head of sales.',
        severity: 'high',
      },
      {
        id: 'approved',
        expression:
          "tables.approver == 'none' || (has(order.approvedBy) && order.approvedBy == tables.approver)",
        message: 'The order needs an approval that it does not have.',
        remedy: 'Ask whom the table "approver" names.',
        severity: 'high',
      },
    ],
  },
  examples: [
    { customer: { tier: 'gold' }, order: { total: 12_500, discount: 12, approvedBy: 'team-lead' } },
    { customer: { tier: 'new' }, order: { total: 900, discount: 4 } },
  ],
});
