import { expect, test } from 'vitest';

import { agentContext, scriptedModel } from '../../testing/index.ts';
import { caseFrom } from '../fixtures/agent-case.ts';
import { exampleText, simulateRun } from '../fixtures/simulate-run.ts';
import { assessmentAgent } from './assess.ts';
import { PaymentRequest } from './facts.ts';
import { financialServicesTrade as trade } from './trade.ts';

const input = (file: string) => PaymentRequest.parse(trade.inputFrom(exampleText(trade.id, file)));
const claim = input('expense-claim.json');
const invoice = input('supplier-invoice.json');
const decisions = [{ by: 'ines.okafor' }, { by: 'omar.reyes' }];
const large = (await simulateRun(trade, invoice, { decisions })).facts;
const memo = { summary: 'An instalment is due.', points: ['It is within the budget.'] };

test('a model is told no account number and nobody by name, and its memo changes no figure', async () => {
  const model = scriptedModel([{ value: memo }]);
  const { task } = caseFrom(assessmentAgent, large, { name: 'invoice' });
  const made = await assessmentAgent.llm?.(task, agentContext({ model }));
  const told = JSON.stringify(model.requests);
  expect(told).not.toContain('GB82WEST');
  expect(told).not.toContain(invoice.payee.name);
  expect(told).not.toContain(invoice.requester.name);
  expect(made?.memo).toEqual(memo);
  expect(made?.payment.amount).toBe(18_642.5);
});

test('without a model nothing is written', async () => {
  const { task } = caseFrom(assessmentAgent, large, { name: 'invoice' });
  await expect(assessmentAgent.llm?.(task, agentContext())).rejects.toMatchObject({
    code: 'INDUSTRIES_NO_MODEL',
  });
});

test.each([
  ['one cent more', { total: 751.41 }, 'payment.reconciled'],
  [
    'an account with a wrong digit',
    { payee: { ...claim.payee, iban: 'DE88370400440532013000' } },
    'payment.account',
  ],
  ['another payee', { payee: { ...claim.payee, id: 'jonas.berg' } }, 'payment.right-payee'],
  ['an empty budget', { budget: { costCentre: '4100', available: 751.39 } }, 'payment.budgeted'],
  ['an old line', { submittedOn: '2026-07-27' }, 'payment.recent'],
])('%s in the request blocks the run', async (_what, change, check) => {
  const { report } = await simulateRun(trade, { ...claim, ...change }, { decisions });
  expect(report.status).toBe('blocked');
  const refused = report.verdicts
    .at(-1)
    ?.checks.filter(({ id, outcome }) => outcome === 'fail' && id.startsWith('payment.'));
  expect(refused?.map(({ id }) => id)).toEqual([check]);
});

test('an approver may lower the amount, and change nothing else', async () => {
  const edit = (change: object) => ({
    decision: 'edit',
    subject: { ...subject, ...change },
  });
  const subject = {
    reference: 'EXP-2026-0417',
    payeeId: 'maria.keller',
    payee: 'Maria Keller',
    iban: 'DE89370400440532013000',
    amount: 751.4,
    currency: 'EUR',
    purpose: claim.purpose,
  };
  const outcome = async (change: object) => {
    const answer = edit(change);
    const { report } = await simulateRun(trade, claim, {
      decisions: [{ by: 'ines.okafor', answer }],
    });
    return [report.status, report.artifacts['payment']];
  };
  expect(await outcome({ amount: 700 })).toEqual([
    'completed',
    expect.objectContaining({ amount: 700, reducedBy: 51.4 }),
  ]);
  expect((await outcome({ amount: 752 }))[0]).toBe('blocked');
  expect((await outcome({ payeeId: 'jonas.berg' }))[0]).toBe('blocked');
  expect((await outcome({ iban: 'GB82WEST12345698765432' }))[0]).toBe('blocked');
});
