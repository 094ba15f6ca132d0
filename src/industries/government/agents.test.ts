import fc from 'fast-check';
import { expect, test } from 'vitest';

import { agentContext, scriptedModel } from '../../testing/index.ts';
import { caseFrom } from '../fixtures/agent-case.ts';
import { exampleText, simulateRun } from '../fixtures/simulate-run.ts';
import { RecordsRequest } from './facts.ts';
import { placesOf } from './redact-records.ts';
import { responseAgent } from './respond.ts';
import { governmentTrade as trade } from './trade.ts';

const WITHHELD = /odalys|brandt|0173|mailbox|20 %|leans|calculation/i;
const request = RecordsRequest.parse(
  trade.inputFrom(exampleText('government', 'bridge-records.json')),
);
const decisions = [{ by: 'ilse.vantongeren' }, { by: 'script:sable.okonkwo' }];
const { report, facts } = await simulateRun(trade, request, { decisions });

test('what leaves holds nothing that was withheld, in no file', () => {
  expect(report.status).toBe('completed');
  const files = trade.filesFrom(report.artifacts);
  const text = files.map(({ content }) => content).join('\n');
  expect(text).not.toMatch(WITHHELD);
  expect(text).toContain('corrosion on bearings 4 and 7');
  expect(text).toContain('[withheld: b6]');
});

test('each withholding stands in the log with its ground, and without what it was', () => {
  const csv = trade.filesFrom(report.artifacts).find(({ path }) => path === 'exemptions.csv');
  const rows = csv?.content.trim().split('\r\n').slice(1) ?? [];
  expect(rows).toEqual([
    'HB-031,2,b6,named term,13',
    'HB-031,2,b6,phone_number,14',
    'HB-031,2,b6,email_address,29',
    'HB-031,3,b4,paragraph,86',
    'HB-044,1,b5,paragraph,68',
  ]);
});

test('the model that writes the letter is told no line of a record and nobody by name', async () => {
  const texts = { opening: 'a', withheld: 'b', appeal: 'c' };
  const model = scriptedModel([{ value: texts }]);
  const { task } = caseFrom(responseAgent, facts, { name: 'bridge' });
  await responseAgent.llm?.(task, agentContext({ model }));
  const told = JSON.stringify(model.requests);
  expect(told).not.toMatch(WITHHELD);
  expect(told).not.toMatch(/corrosion|Ashdown|Marchetti/);
});

test('only what the request is about is looked at, and days that nobody works are not counted', () => {
  expect(report.artifacts['scoping']).toMatchObject({
    responsive: ['HB-031', 'HB-044', 'HB-052'],
    outside: 1,
    workingDays: 18,
  });
});

test('an approver who edits what leaves ends the run: it has to be redacted anew', async () => {
  const { records, log } = report.artifacts['redaction'] as { records: object[]; log: object[] };
  const { texts } = report.artifacts['response'] as { texts: object };
  const answer = { decision: 'edit', subject: { records: records.slice(1), log, texts } };
  const edited = await simulateRun(trade, request, {
    decisions: [{ by: 'ilse.vantongeren', answer: JSON.parse(JSON.stringify(answer)) }],
  });
  expect(edited.report.status).toBe('blocked');
});

test('a name with signs of patterns in it is found as it is written', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z.*+?()[\]{}|^$\\]{3,12}$/), (term) => {
      const text = `by ${term.toUpperCase()}, who`;
      expect(placesOf(term, text)).toContainEqual({ start: 3, end: 3 + term.length });
    }),
  );
});
