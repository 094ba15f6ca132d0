import { MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import type { AuditEvent, AuditSink } from '../../audit/index.ts';
import {
  bindStandard,
  defineCompliance,
  scanContent,
  type ComplianceDefinition,
  type SuppliedFacts,
} from '../../compliance/index.ts';
import type { Principal } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  driveRun,
  withBindings,
  withEdition,
  withStandards,
  type WorkflowFacts,
} from '../index.ts';
import { houseStandard } from '../fixtures/house-standard.ts';

const Claim = z.strictObject({ amount: z.number(), note: z.string() });
type Claim = z.infer<typeof Claim>;
const Draft = z.strictObject({ text: z.string() });
const SEAL_KEY = new Uint8Array(32).fill(3);
const ANNA: Principal = {
  id: 'anna',
  kind: 'person',
  roles: ['clerk'],
  authenticated: true,
  source: 'test',
};

const alike = {
  reads: z.object({ input: z.object({ amount: z.number() }) }),
  message: 'Never said.',
  remedy: 'None.',
  evaluate: () => true,
};
const always = defineCheck({ ...alike, id: 'always' });
const gate = defineGate({ checks: [always] });
const claims = defineWorkflow({
  id: 'claims',
  input: Claim,
  phases: [
    definePhase({
      id: 'draft',
      agent: defineAgent({
        id: 'draft',
        input: Claim,
        artifact: Draft,
        reads: {},
        simulated: ({ input }) => ({ text: input.note }),
      }),
    }),
  ],
  transitions: [{ from: 'draft', to: 'completed', gate }],
});

const house = houseStandard([
  { id: 'HOUSE-1', controls: ['1'], primitive: 'input.valid' },
  { id: 'HOUSE-2', controls: ['2'], primitive: 'pii.output' },
  { id: 'HOUSE-3', controls: ['3'], primitive: 'identity.unique' },
  { id: 'HOUSE-4', controls: ['4'], primitive: 'audit.retention' },
]);

type Facts = WorkflowFacts<Claim, { readonly draft: { readonly text: string } }>;
const definition: ComplianceDefinition<Facts> = {
  standards: [bindStandard(house)],
  tags: { 'draft -> completed': ['output'] },
  facts: ({ artifacts }) => ({
    ...scanContent({ output: artifacts.draft }),
    allowedClasses: { state: [], output: ['DATE_TIME'] },
  }),
};
const host = (): SuppliedFacts => ({
  identities: [
    { id: 'anna', kind: 'human', shared: false },
    { id: 'draft', kind: 'agent', owner: 'anna', shared: false },
  ],
});

interface Case {
  readonly note?: string;
  readonly facts?: () => SuppliedFacts;
  readonly changes?: Partial<ComplianceDefinition<Facts>>;
  readonly audited?: boolean;
}

async function run({ note = 'Lunch', facts = host, changes = {}, audited = true }: Case) {
  const events: AuditEvent[] = [];
  const audit: AuditSink = {
    append: async (event) => {
      events.push(event);
      return { chain: 'test', seq: events.length - 1, hash: '0'.repeat(64), repeated: false };
    },
  };
  const workflow = withStandards(claims, defineCompliance({ ...definition, ...changes }));
  const graph = compileWorkflow(workflow, {
    checkpointer: new MemorySaver(),
    sealKey: SEAL_KEY,
    identify: () => ANNA,
    complianceFacts: facts,
    ...(audited ? { audit } : {}),
  });
  const message = { kind: 'start' as const, input: { amount: 3, note } };
  const report = await driveRun(graph, { workflow, thread: 't', message });
  const checks = new Map(report.verdicts[0]?.checks.map((check) => [check.id, check]));
  return { report, checks, events };
}

test('a run whose facts are all there goes through the checks of a standard', async () => {
  const { report, checks } = await run({});
  expect([...checks].map(([id, { outcome }]) => [id, outcome])).toEqual([
    ['always', 'pass'],
    ['house.house-1', 'pass'],
    ['house.house-2', 'pass'],
    ['house.house-3', 'pass'],
  ]);
  expect(report.status).toBe('completed');
});

test('data that must not go out holds the run, and is named by its path', async () => {
  const { report, checks } = await run({ note: 'Ask bo@example.com' });
  expect(report.status).toBe('blocked');
  expect(checks.get('house.house-2')).toMatchObject({ outcome: 'fail', paths: ['output.text'] });
  expect(JSON.stringify(report.verdicts)).not.toContain('bo@example.com');
});

test('a fact that nobody supplies denies', async () => {
  const { report, checks } = await run({ facts: () => ({}) });
  expect(report.status).toBe('blocked');
  expect(checks.get('house.house-3')).toMatchObject({
    outcome: 'undetermined',
    paths: ['compliance.identities'],
  });
});

test('a host that fails closes the gate', async () => {
  const failing = () => {
    throw new TypeError('no configuration');
  };
  const { report } = await run({ facts: failing });
  expect(report.status).toBe('blocked');
});

test('who began a run is known where an audit trail is written, and nowhere else', async () => {
  const { report, checks } = await run({ audited: false });
  expect(report.status).toBe('blocked');
  expect(checks.get('house.house-3')?.paths).toEqual(['compliance.recordedActors']);
});

test('a standard that only warns is recorded as such and holds nothing', async () => {
  const { report, events } = await run({
    note: 'Ask bo@example.com',
    changes: { standards: [bindStandard(house, { mode: 'warn' })] },
  });
  expect(report.status).toBe('completed');
  const verdict = events.find(({ kind }) => kind === 'gate-verdict');
  expect(verdict?.facts).toMatchObject({ failed: '', noted: 'house.house-2' });
  expect(String(verdict?.facts?.['passed']).split(' ')).toContain('house.house-3');
});

test('nothing that is supplied replaces what the engine vouches for', async () => {
  const seen: unknown[] = [];
  await run({
    facts: () => ({ ...host(), approvals: [], actors: { requester: 'bo' } }),
    changes: {
      facts: (facts, known) => {
        seen.push(known.actors?.requester, known.transition?.to, facts.artifacts.draft.text);
        return { ...definition.facts?.(facts, known), actors: { requester: 'bo', author: 'bo' } };
      },
    },
  });
  expect(seen.slice(0, 3)).toEqual(['anna', 'completed', 'Lunch']);
});

test('what is bound is part of the digests of the gate and of the workflow', () => {
  const bound = withStandards(claims, defineCompliance(definition));
  const warning = bindStandard(house, { mode: 'warn' });
  const warned = withStandards(claims, defineCompliance({ ...definition, standards: [warning] }));
  const digests = [claims, bound, warned].map(({ digest }) => digest);
  expect(new Set(digests).size).toBe(3);
  expect(new Set([claims, bound, warned].map((one) => one.transitions[0]?.gate.digest)).size).toBe(
    3,
  );
});

test('a workflow that is asked more afterwards keeps its standards', () => {
  const bound = withStandards(claims, defineCompliance(definition));
  const more = defineCheck({ ...alike, id: 'more' });
  const asked = withBindings(bound, () => [
    { check: more, mode: 'deny', consequence: { kind: 'deny' } },
  ]);
  expect(asked.compliance).toBe(bound.compliance);
  expect(asked.transitions[0]?.gate.bindings).toHaveLength(5);
});

test('another edition takes the place of the one that is bound, and what is asked besides stays', () => {
  const bound = withStandards(claims, defineCompliance(definition));
  const edition = houseStandard([
    { id: 'HOUSE-1', controls: ['1'], primitive: 'input.valid' },
    { id: 'HOUSE-5', controls: ['5'], primitive: 'identity.unique' },
  ]);
  const changed = withEdition(bound, edition);
  const asked = changed.transitions[0]?.gate.bindings.map(({ check }) => check);
  expect(asked?.map(({ id }) => id)).toEqual(['always', 'house.house-1', 'house.house-5']);
  expect(asked?.map(({ pack }) => pack)).toEqual([undefined, edition.digest, edition.digest]);
  expect(changed.compliance?.standards[0]?.standard).toBe(edition);
  expect(changed.digest).not.toBe(bound.digest);
  expect(() => withEdition(claims, edition)).toThrow('expected gates that ask by standards');
  const other = { ...edition, id: 'other' };
  expect(() => withEdition(bound, other)).toThrow('"other", check "*": no gate asks by it');
});

test('a reason why a check does not apply holds for no other question of that id', () => {
  const reasons = { 'HOUSE-2': 'Nothing goes out.', 'HOUSE-3': 'Nobody acts.' };
  const binding = bindStandard(house, { modes: { 'HOUSE-4': 'warn' }, notApplicable: reasons });
  const bound = withStandards(claims, defineCompliance({ ...definition, standards: [binding] }));
  const edition = houseStandard([
    { id: 'HOUSE-2', controls: ['2'], primitive: 'pii.output' },
    { id: 'HOUSE-3', controls: ['3'], primitive: 'input.valid' },
  ]);
  const [move] = withEdition(bound, edition).transitions;
  expect(move?.gate.bindings.map(({ check }) => check.id)).toEqual(['always', 'house.house-3']);
});

test('standards are bound once, all together', () => {
  const compliance = defineCompliance(definition);
  expect(() => withStandards(withStandards(claims, compliance), compliance)).toThrow(
    'standards that are bound once',
  );
});

test('a check that no transition is for is refused, unless a reason is recorded', () => {
  const { facts = () => ({}) } = definition;
  const untagged = defineCompliance<Facts>({ standards: [bindStandard(house)], facts });
  expect(() => withStandards(claims, untagged)).toThrow('no transition is tagged output or effect');
  const reasoned = bindStandard(house, { notApplicable: { 'HOUSE-2': 'Nothing goes out.' } });
  const workflow = withStandards(claims, defineCompliance<Facts>({ standards: [reasoned], facts }));
  expect(workflow.transitions[0]?.gate.bindings).toHaveLength(3);
});
