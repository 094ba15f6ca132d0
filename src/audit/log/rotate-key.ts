import type { SignedCheckpoint } from '../chain/checkpoint.ts';
import { tellEvent } from '../chain/entry.ts';
import type { AuditActor } from '../event.ts';
import type { NextKey } from '../keys/signing-key-file.ts';
import { listChains, setChainKey } from '../store/chain-queries.ts';
import { adoptTail } from './adopt-tail.ts';
import { addSignature, appendEvents } from './append-events.ts';
import type { AuditLog } from './open-audit-log.ts';

/**
 * Replaces the signing key of every chain in the log's database. Each chain records the change, and is signed by both
 * keys at the same size, so that whoever trusts either key can follow. The log at hand, and those of other processes,
 * refuse to append from then on (AUDIT_KEY_RETIRED) until they are opened again with the next key.
 *
 * @param by - Who rotates.
 * @throws AUDIT_* when it could not be recorded; the present key then stays in place.
 */
export async function rotateKey(log: AuditLog, next: NextKey, by: AuditActor): Promise<void> {
  await log.write(async (writer) => {
    const signed: SignedCheckpoint[] = [];
    const { signer } = next;
    for (const chain of await listChains(writer.queries)) {
      const own = { ...writer, chain };
      // The tail of another chain may be somebody else's.
      if (chain.origin !== writer.chain.origin) signed.push(...(await adoptTail(own)));
      const facts = {
        fromKey: chain.keyId,
        fromPublicKey: chain.publicKey,
        toKey: signer.keyId,
        toPublicKey: signer.publicKeyDer,
      };
      const key = `key-rotated/${chain.origin}/${signer.keyId}`;
      const target = chain.origin;
      const event = { key, kind: 'key-rotated', actor: by, outcome: 'success', target } as const;
      const { head, checkpoints } = await appendEvents(own, [tellEvent({ ...event, facts })]);
      signed.push(...checkpoints, await addSignature({ ...own, signer }, head));
      await setChainKey(writer.queries, chain, { keyId: signer.keyId, der: signer.publicKeyDer });
    }
    return { value: undefined, lines: signed.map(({ line }) => line) };
  });
  next.adopt();
}
