import { z } from 'zod';

import { defineDecisionTables } from '../define-decision-tables.ts';

/** Which discount a customer may get, and who has to approve an order. Amounts in cents, discounts in percent. */
export const discountApproval = defineDecisionTables({
  id: 'phasegate.discount-approval',
  version: '1.0.0',
  title: 'Discounts and approvals',
  description: 'Decides by tables which discount may be given and who approves an order.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  facts: z.object({
    customer: z.object({ tier: z.string() }).optional(),
    order: z
      .object({ totalCents: z.int().nonnegative(), discountPercent: z.number().min(0).max(100) })
      .optional(),
  }),
  examples: [
    { customer: { tier: 'gold' }, order: { totalCents: 1_250_000, discountPercent: 12 } },
    { customer: { tier: 'new' }, order: { totalCents: 90_000, discountPercent: 0 } },
  ],
  tables: [
    {
      id: 'highest-discount',
      title: 'The highest discount',
      hit: 'unique',
      inputs: [
        { path: 'customer.tier', title: 'Tier of the customer' },
        { path: 'order.totalCents', title: 'Total of the order' },
      ],
      rows: [
        {
          when: {
            'customer.tier': { in: ['new', 'standard'] },
            'order.totalCents': { below: 500_000 },
          },
          give: { maxDiscountPercent: 0 },
          because: 'Small orders get no discount.',
        },
        {
          when: {
            'customer.tier': { in: ['new', 'standard'] },
            'order.totalCents': { min: 500_000 },
          },
          give: { maxDiscountPercent: 5 },
          because: 'Orders from 5,000.00 on get up to 5 percent.',
        },
        {
          when: { 'customer.tier': { in: ['silver'] } },
          give: { maxDiscountPercent: 8 },
          because: 'Silver customers get up to 8 percent.',
        },
        {
          when: { 'customer.tier': { in: ['gold'] } },
          give: { maxDiscountPercent: 15 },
          because: 'Gold customers get up to 15 percent.',
        },
      ],
    },
    {
      id: 'approver',
      title: 'Who approves the order',
      hit: 'first',
      inputs: [
        { path: 'order.totalCents', title: 'Total of the order' },
        { path: 'order.discountPercent', title: 'Discount that is asked for' },
      ],
      rows: [
        {
          when: { 'order.discountPercent': { above: 15 } },
          give: { approver: 'head-of-sales' },
          because: 'More than 15 percent is above every tier.',
        },
        {
          when: { 'order.totalCents': { min: 5_000_000 } },
          give: { approver: 'board' },
          because: 'Orders from 50,000.00 on are for the board.',
        },
        {
          when: { 'order.discountPercent': { above: 5 } },
          give: { approver: 'team-lead' },
          because: 'More than 5 percent needs a team lead.',
        },
        {
          when: { 'order.totalCents': { below: 5_000_000 } },
          give: { approver: 'none' },
          because: 'Nothing about the order is unusual.',
        },
      ],
    },
  ],
});
