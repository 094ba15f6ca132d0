import { gateChecksOf, findStandard, STANDARD_IDS } from '../../src/compliance/index.ts';

const PER_RUN = 10;
const PEOPLE = 200;
const FROM = Date.parse('2026-04-01T00:00:00Z');
const NOW = '2026-06-15T00:00:00Z';

/** Evidence of a period with so many audit entries, ten a run, as a workflow of two phases writes them. */
// Its type is that of the literal; spelling it out would only repeat it.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
export function writtenEvidence(size: number) {
  const runs = Math.ceil(size / PER_RUN);
  const sure = { at: NOW, denied: true, leaked: false };
  const ids = ['unlisted-action', 'audit-sink-fails', 'error', 'timeout', 'unknown-fact'] as const;
  const checks = STANDARD_IDS.flatMap((id) => gateChecksOf(findStandard(id))).map(
    ({ check: { id } }) => ({ id, mode: 'deny' as const }),
  );
  return {
    period: { from: new Date(FROM).toISOString(), to: NOW },
    assessedAt: NOW,
    entries: Array.from({ length: runs * PER_RUN }, (_, seq) => entryAt(seq)),
    identities: identities(),
    probes: ids.map((id) => ({ id, ...sure })),
    stateChanges: Array.from({ length: runs }, (_, index) => ({ run: runId(index), visits: 3 })),
    gates: [3, 8].map((step) => ({ policy: policyOf(step), checks })),
    alerts: [],
    overrides: [],
    accessReviews: [],
    trailReaders: { roles: [], listed: [], recordsReads: true },
    clock: { skewMs: 1, source: 'time-server-1', measuredAt: NOW },
  };
}

function entryAt(seq: number) {
  const number = Math.floor(seq / PER_RUN);
  const step = seq % PER_RUN;
  const event = eventsOf(`clerk-${number % PEOPLE}`)[step] ?? { kind: 'effect' };
  const place = { target: 'letters', run: runId(number), policy: policyOf(step) };
  const at = new Date(FROM + seq * 60).toISOString();
  return { seq, at, where: 'host/1', event: { ...event, ...place } };
}

function eventsOf(person: string) {
  const agent = { id: 'draft/llm', kind: 'agent', onBehalfOf: person, authenticated: true };
  const gate = { id: 'phasegate/gate', kind: 'service', onBehalfOf: person, authenticated: true };
  const human = { id: person, kind: 'person', roles: ['clerk'], authenticated: true };
  const led = (destination: string) => ({ destination, failed: '', checks: 9 });
  return [
    { kind: 'run-started', outcome: 'success', actor: human },
    { kind: 'phase-entered', outcome: 'success', actor: agent, phase: 'draft' },
    { kind: 'phase-left', outcome: 'success', actor: agent, phase: 'draft' },
    { kind: 'gate-verdict', outcome: 'allow', actor: gate, facts: led('send') },
    { kind: 'phase-entered', outcome: 'success', actor: agent, phase: 'send' },
    { kind: 'model-call', outcome: 'success', actor: agent, phase: 'send' },
    { kind: 'approval', outcome: 'allow', actor: { ...human, id: 'approver-1' } },
    { kind: 'phase-left', outcome: 'success', actor: agent, phase: 'send' },
    { kind: 'gate-verdict', outcome: 'allow', actor: gate, facts: led('completed') },
    { kind: 'run-ended', outcome: 'success', actor: gate },
  ];
}

function identities() {
  const people = Array.from({ length: PEOPLE }, (_, index) => `clerk-${index}`);
  return [
    ...[...people, 'approver-1'].map((id) => ({ id, kind: 'human' as const, shared: false })),
    { id: 'draft', kind: 'agent' as const, owner: 'letters-team', shared: false },
  ];
}

function runId(number: number): string {
  return `37244bdc-1fff-4891-a53a-${String(number).padStart(12, '0')}`;
}

function policyOf(step: number): string {
  return String(step).padStart(64, '0');
}
