import { timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { StateIntegrityError, UnknownStateKeyError } from '../../errors/index.ts';
import type { CarriedOutRollback } from '../../thread-lock.ts';
import type { HeadRow } from '../checkpoint-store.ts';
import { macOf, type Keyring } from './keyring.ts';

/** Where a run began: the heads that its thread had when the run took the lock of this epoch. */
export interface RunMark {
  readonly thread: string;
  readonly epoch: number;
  /** By namespace. */
  readonly heads: ReadonlyMap<string, HeadRow>;
}

/** A mark with its seal, as it is stored; empty where none is. */
export interface SealedMark extends RunMark {
  readonly seal: string;
}

const Head = z.tuple([z.string(), z.string(), z.string()]).readonly();
const Order = z.strictObject({
  epoch: z.int(),
  owner: z.string(),
  at: z.string(),
  /** Namespace, id and seal of each head that the thread had when the order was given. */
  from: z.array(Head).readonly(),
  seal: z.string(),
});

/** That a run is to be taken back: everything that was put since its mark. */
export interface RollbackOrder extends CarriedOutRollback {
  /** Seals of the heads that the thread had when it was asked for, by namespace. */
  readonly heads: ReadonlyMap<string, string>;
}

/** Seals where a run begins. */
export function sealMark(keys: Keyring, mark: RunMark): string {
  return seal(keys, 'run-mark', markFields(mark));
}

/**
 * Gives the order to take a run back, sealed over the run's mark and what the thread holds now. It cannot be carried out
 * anywhere else, nor again once something else was put.
 *
 * @throws {@link StateIntegrityError} where the mark is not the one that the run left; {@link UnknownStateKeyError}.
 */
export function giveOrder(
  keys: Keyring,
  mark: SealedMark,
  now: Pick<RollbackOrder, 'owner' | 'at'> & { readonly heads: RunMark['heads'] },
): string {
  checkMark(keys, mark);
  const { owner, at } = now;
  const from = [...now.heads].map(([ns, { id, mac }]) => [ns, id, base64(mac)] as const);
  const order = { epoch: mark.epoch, owner, at, from };
  return JSON.stringify({ ...order, seal: seal(keys, 'rollback', orderFields(mark, order)) });
}

/**
 * Reads an order that {@link giveOrder} gave for this thread, and what it leads back to.
 *
 * @throws {@link StateIntegrityError} for any other; {@link UnknownStateKeyError}.
 */
export function readOrder(
  keys: Keyring,
  text: string,
  stored: Omit<SealedMark, 'epoch'>,
): RollbackOrder {
  const order = parseOrder(text);
  if (order === undefined) throw notOurs(stored.thread, 'the order to roll it back');
  const { epoch, owner, at, from } = order;
  const mark = { ...stored, epoch };
  check(keys, order.seal, { kind: 'rollback', thread: mark.thread, of: orderFields(mark, order) });
  checkMark(keys, mark);
  return {
    thread: mark.thread,
    epoch,
    owner,
    at,
    from: from.find(([ns]) => ns === '')?.[1] ?? '',
    to: mark.heads.get('')?.id ?? '',
    heads: new Map(from.map(([ns, , mac]) => [ns, mac])),
  };
}

/** Whether a head is the one that a text of {@link giveOrder} names. */
export function isNamed({ heads }: RollbackOrder, ns: string, head: HeadRow | undefined): boolean {
  return head !== undefined && heads.get(ns) === base64(head.mac);
}

function checkMark(keys: Keyring, mark: SealedMark): void {
  check(keys, mark.seal, { kind: 'run-mark', thread: mark.thread, of: markFields(mark) });
}

type Fields = readonly (string | Uint8Array)[];

function markFields({ thread, epoch, heads }: RunMark): Fields {
  return [thread, String(epoch), ...sorted([...heads]).flatMap(([ns, { mac }]) => [ns, mac])];
}

function orderFields(
  mark: SealedMark,
  { owner, at, from }: Pick<z.infer<typeof Order>, 'owner' | 'at' | 'from'>,
): Fields {
  return [mark.thread, String(mark.epoch), owner, at, mark.seal, ...sorted(from).flat()];
}

function sorted<Row extends readonly [string, ...unknown[]]>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The id of the key is part of the seal, so that older keys are found. */
function seal({ current }: Keyring, kind: string, fields: Fields): string {
  return `${current.id}.${macOf(current, kind, fields).toString('base64url')}`;
}

function check(
  keys: Keyring,
  text: string,
  { kind, thread, of }: { readonly kind: string; readonly thread: string; readonly of: Fields },
): void {
  const [keyId = '', mac = ''] = text.split('.');
  const what = kind === 'rollback' ? 'the order to roll it back' : 'where its run began';
  if (mac === '') throw notOurs(thread, what);
  const key = keys.find(keyId);
  if (key === undefined) throw new UnknownStateKeyError(thread, keyId);
  const [found, expected] = [Buffer.from(mac, 'base64url'), macOf(key, kind, of)];
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) {
    throw notOurs(thread, what);
  }
}

function parseOrder(text: string): z.infer<typeof Order> | undefined {
  try {
    return Order.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function notOurs(thread: string, what: string): StateIntegrityError {
  const at = { thread, ns: '', checkpoint: '' };
  return new StateIntegrityError(at, `${what} was not sealed by anybody who has the key`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
