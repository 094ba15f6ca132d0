import { expect, test } from 'vitest';

import { createScanner } from './create-scanner.ts';
import { scanCases } from './fixtures/scan-case.ts';
import { ALL_RULES } from './rules/index.ts';

const scan = createScanner();
const cases = scanCases();

test.each(cases)('a plugin that $title', async ({ plugin, signature, expected }) => {
  const { decision, gates, findings } = await scan(plugin, signature);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  expect({ decision, rules }).toEqual({
    decision: expected.decision,
    rules: expect.arrayContaining(expected.rules),
  });
  expect(rules.filter((rule) => expected.absent.includes(rule))).toEqual([]);
  expect(expected.gates ?? gates).toEqual(gates);
});

test('every rule that looks at files is seen to find something, and every case has its own name', () => {
  const seen = new Set(cases.flatMap(({ expected }) => expected.rules));
  const elsewhere =
    /^identity\.(?:digest|blocked)$|^package\.known-weakness$|^threat\.second-opinion$|^permission\.|^undeclared\.(?:plugins|spawn|llm|events|state|time)$/;
  const unseen = ALL_RULES.map(({ id }) => id).filter((id) => !seen.has(id) && !elsewhere.test(id));
  expect(unseen).toEqual([]);
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
});
