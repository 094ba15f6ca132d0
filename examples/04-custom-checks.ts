// Checks of your own: at once or with a deadline, on facts named by a schema, and where each failure leads.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import { MemorySaver } from '@langchain/langgraph';
import {
  askOn,
  compileWorkflow,
  defineAgent,
  defineCheck,
  defineGate,
  definePhase,
  defineWorkflow,
  denyOn,
  driveRun,
  fail,
  pass,
  reviseOn,
  type RunReport,
} from 'phasegate';
import { z } from 'zod';

const Enquiry = z.strictObject({
  customer: z.string(),
  pieces: z.int(),
  email: z.email().nullable(),
});
const Quote = z.strictObject({ totalEur: z.number(), discount: z.number(), email: z.string() });

const quoting = defineAgent({
  id: 'quoting',
  input: Enquiry,
  artifact: Quote,
  reads: {},
  simulated: ({ input, answers, revision }) => {
    // Generous at first; what the gate said against it comes back as `revision`.
    const discount = revision === undefined ? 0.3 : 0.1;
    const email = input.email ?? answers.at(-1)?.text ?? '';
    return { totalEur: input.pieces * 20 * (1 - discount), discount, email };
  },
});

const quote = z.object({ artifacts: z.object({ quote: Quote }) });

// Answers at once. A boolean will do where the check's own message says it all.
const discountAllowed = defineCheck({
  id: 'quote.discount',
  reads: quote,
  message: 'The discount is above 10 %.',
  remedy: 'Give 10 % at most.',
  evaluate: ({ artifacts }) => artifacts.quote.discount <= 0.1,
});

// A failure that only a person can mend brings the question along.
const knowsAddress = defineCheck({
  id: 'quote.address',
  reads: quote,
  message: 'There is no address to send the quote to.',
  remedy: 'Ask for it.',
  evaluate: ({ artifacts }) =>
    artifacts.quote.email === ''
      ? fail({ questions: [{ id: 'email', text: 'Where to?', path: 'email', options: [] }] })
      : pass(),
});

// Asks a service, and has half a second for it. It reads the customer's name, so that is all it sees.
const creditworthy = defineCheck({
  id: 'customer.creditworthy',
  reads: z.object({ input: z.object({ customer: z.string() }) }),
  message: 'The customer has unpaid invoices.',
  remedy: 'Have them paid first.',
  timeoutMs: 500,
  evaluateAsync: async ({ input }, signal) => {
    if (input.customer === 'Slow & Sons') await wait(60_000, undefined, { signal });
    return input.customer !== 'Late Payers Ltd';
  },
});

const workflow = defineWorkflow({
  id: 'quotes',
  input: Enquiry,
  phases: [definePhase({ id: 'quote', agent: quoting, maxAttempts: 3 })],
  transitions: [
    {
      from: 'quote',
      to: 'completed',
      gate: defineGate({
        checks: [reviseOn(discountAllowed, 'quote'), askOn(knowsAddress), denyOn(creditworthy)],
      }),
    },
  ],
});
const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });

async function enquire(customer: string, email: string | null): Promise<RunReport> {
  const input = { customer, pieces: 10, email };
  const message = { kind: 'start', input } as const;
  const report = await driveRun(graph, { workflow, thread: customer, message });
  console.log(`\n${customer}: ${report.status}`);
  for (const { outcome, checks } of report.verdicts) {
    const failed = checks.filter((check) => check.outcome !== 'pass');
    console.log(`  ${outcome}`, failed.map(({ id, message: why }) => `${id}: ${why}`).join(' '));
  }
  return report;
}

const good = await enquire('Good & Co', 'office@good.example');
assert.deepEqual(
  good.verdicts.map(({ outcome }) => outcome),
  ['revise', 'allow'],
);
assert.equal(good.status, 'completed');

const quiet = await enquire('Quiet Ltd', null);
assert.equal(quiet.status, 'waiting');

const late = await enquire('Late Payers Ltd', 'office@late.example');
assert.equal(late.status, 'blocked');

// A check that cannot decide does not let anybody through.
const slow = await enquire('Slow & Sons', 'office@slow.example');
assert.equal(slow.status, 'blocked');
