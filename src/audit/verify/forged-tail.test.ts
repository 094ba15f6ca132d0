import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

import { sealEntry, tellEvent } from '../chain/entry.ts';
import { isDecision, type AuditKind } from '../event.ts';
import { anEvent, newSigner, openTrail } from '../fixtures/trail.ts';
import { verifyChain } from '../verify-chain.ts';
import type { ChainReport } from '../report-types.ts';
import { readEntryLine } from './verifier.ts';

let entries: readonly string[];
let checkpoints: readonly string[];
let outside: readonly string[];
let publicKey: string;
let origin: string;

beforeAll(async () => {
  const trail = await openTrail();
  for (let at = 0; at < 40; at += 1) {
    await trail.log.append(anEvent(String(at), at % 4 === 0 ? 'gate-verdict' : 'phase-left'));
  }
  const lines = await trail.exported();
  entries = lines.filter((line) => line.startsWith('{"entry"'));
  checkpoints = lines.filter((line) => line.startsWith('{"checkpoint"'));
  outside = trail.checkpoints.lines();
  ({ publicKey } = trail.signer);
  ({ origin } = trail.log);
  await trail.database.close();
});

interface Forged {
  readonly kind: AuditKind;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What somebody appends, correctly linked, who can write everything and has no key. */
function withForged(forged: readonly Forged[]): readonly string[] {
  const lines = [...entries];
  for (const [at, { kind, facts }] of forged.entries()) {
    const last = readEntryLine(lines.at(-1) ?? '');
    if (last === undefined) throw new Error('There is no last entry.');
    const event = tellEvent(anEvent(`forged-${at}`, kind, { target: origin, facts }));
    const head = { size: last.seq + 1, hash: last.hash, at: last.at };
    const sealed = sealEntry(event, head, { chain: origin, now: last.at, where: 'elsewhere' });
    const { body, hash, previous } = sealed;
    lines.push(`{"entry":${body},"hash":"${hash}","previous":"${previous}"}`);
  }
  return lines;
}

function report(changed: readonly string[]): ChainReport {
  return verifyChain([...changed, ...checkpoints], publicKey, { checkpoints: outside });
}

function cutAt(size: number): Forged {
  const head = readEntryLine(entries[size] ?? '')?.previous ?? '';
  return { kind: 'chain-cut', facts: { size, head, entries: size, digest: '0'.repeat(64) } };
}

test('a head that was cut is told, also when an unsigned entry says that it was archived', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 36 }), fc.nat({ max: 3 }), (size, before) => {
      const harmless: Forged = { kind: 'phase-left', facts: {} };
      const forged = [...Array.from({ length: before }, () => harmless), cutAt(size)];
      const { ok, faults } = report(withForged(forged).slice(size));
      expect(ok).toBe(false);
      expect(faults.map(({ kind }) => kind)).toContain('cut-head');
    }),
  );
});

test('whatever is signed at once when it is recorded is told when it stands behind the last signature', () => {
  const { publicKeyDer, keyId } = newSigner();
  const forged: fc.Arbitrary<Forged> = fc.oneof(
    fc.integer({ min: 1, max: 36 }).map(cutAt),
    fc.constantFrom<Forged>(
      { kind: 'hold-placed', facts: { thread: 'thread-1' } },
      { kind: 'hold-released', facts: {} },
      { kind: 'chain-opened', facts: { key: keyId, publicKey: publicKeyDer } },
      { kind: 'chain-resumed', facts: { from: 3 } },
      { kind: 'subject-erased', facts: {} },
      { kind: 'approval', facts: {} },
      { kind: 'gate-verdict', facts: {} },
      { kind: 'run-ended', facts: {} },
      {
        kind: 'key-rotated',
        facts: {
          fromKey: keyId,
          fromPublicKey: publicKeyDer,
          toKey: keyId,
          toPublicKey: publicKeyDer,
        },
      },
    ),
  );
  fc.assert(
    fc.property(fc.array(forged, { minLength: 1, maxLength: 4 }), (some) => {
      const { ok, faults } = report(withForged(some));
      expect(ok).toBe(false);
      expect(faults.map(({ kind }) => kind)).toContain('unsigned-decision');
    }),
  );
});

test('the verifier knows every kind that is signed at once', () => {
  const kinds: Readonly<Record<AuditKind, true>> = {
    'run-started': true,
    'run-ended': true,
    'phase-entered': true,
    'phase-left': true,
    'gate-verdict': true,
    approval: true,
    waiver: true,
    'model-call': true,
    effect: true,
    refusal: true,
    access: true,
    'chain-opened': true,
    'chain-cut': true,
    'chain-resumed': true,
    'chain-replaced': true,
    'key-rotated': true,
    'hold-placed': true,
    'hold-released': true,
    'subject-erased': true,
  };
  for (const kind of Object.keys(kinds) as AuditKind[]) {
    const { faults } = report(withForged([{ kind, facts: {} }]));
    const isTold = faults.some((fault) => fault.kind === 'unsigned-decision');
    expect([kind, isTold]).toEqual([kind, isDecision(kind)]);
  }
});

test('what is not a decision may wait for a signature', () => {
  expect(report(withForged([{ kind: 'phase-left', facts: {} }]))).toMatchObject({
    ok: true,
    size: 42,
    covered: 38,
  });
});
