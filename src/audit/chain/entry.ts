import { hash } from 'node:crypto';

import { canonicalJson, isPhasegateError } from '../../kernel/index.ts';
import { InvalidEventError } from '../errors.ts';
import type { AuditEvent } from '../event.ts';

/** What every hash begins with, so that a hash of ours is never one of something else. */
const DOMAIN = 'phasegate-audit/1';
const MAX_EVENT_LENGTH = 65_536;
const MAX_KEY_LENGTH = 1_024;

/** Where a chain stands: how many entries, the hash after the last one, and its time. */
export interface ChainHead {
  readonly size: number;
  readonly hash: string;
  /** ISO-8601 UTC; empty before the first entry. */
  readonly at: string;
}

/** An entry as it is stored: its canonical text and its place in the chain. */
export interface Entry {
  readonly seq: number;
  /** Canonical JSON (RFC 8785): the bytes that are hashed, stored and exported. */
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
  readonly at: string;
}

/** What the log adds to an event. */
export interface Stamp {
  /** The chain's origin: its name and the random id of its beginning. */
  readonly chain: string;
  /** ISO-8601 UTC, from the log's clock. */
  readonly now: string;
  /** The instance that writes: host, process or service. */
  readonly where: string;
  /** The first entry under the same key, when this event differs from it. */
  readonly repeats?: number | undefined;
  /** In a closing record: how many entries its run has, this one included. */
  readonly runEntries?: number | undefined;
}

/** An event as it was when it was told: what its teller changes later does not change it. */
export interface TellableEvent extends Pick<AuditEvent, 'key' | 'kind' | 'run' | 'thread'> {
  /** Canonical JSON (RFC 8785). */
  readonly text: string;
  /** By it two events under one key are told apart; when and where they were told does not count. */
  readonly digest: string;
}

/** The hash that a chain begins from; another chain begins from another one. */
export function genesisOf(chain: string): string {
  return hash('sha256', `${DOMAIN}\n${chain}`);
}

/**
 * Takes an event down.
 *
 * @throws {@link InvalidEventError} if it is not plain JSON, too large, or without a usable key.
 */
export function tellEvent(event: AuditEvent): TellableEvent {
  const text = canonicalText(event);
  if (text.length > MAX_EVENT_LENGTH) throw new InvalidEventError(`has ${text.length} characters`);
  if (event.key === '' || event.key.length > MAX_KEY_LENGTH) {
    throw new InvalidEventError(`has a key of ${event.key.length} characters`);
  }
  const { key, kind, run, thread } = event;
  return Object.freeze({
    key,
    kind,
    text,
    digest: hash('sha256', text),
    ...(run === undefined ? {} : { run }),
    ...(thread === undefined ? {} : { thread }),
  });
}

/**
 * Seals an event onto the chain that ends in `head`.
 *
 * The hash runs over the previous hash and the body's digest: the digest alone is enough to follow the chain past an
 * entry, so a receipt need not show the entries of others. A clock that went back does not take the chain back with it:
 * the entry carries the time of the one before, and by how much the clock was behind.
 *
 * @see RFC 8785 (canonical JSON), FIPS 180-4 (SHA-256)
 */
export function sealEntry(event: TellableEvent, head: ChainHead, stamp: Stamp): Entry {
  const isBehind = stamp.now < head.at;
  const at = isBehind ? head.at : stamp.now;
  const behindMs = isBehind ? Date.parse(head.at) - Date.parse(stamp.now) : undefined;
  // Members in the order that RFC 8785 asks for; the event's text is canonical already.
  const body =
    `{"at":${JSON.stringify(at)},"chain":${JSON.stringify(stamp.chain)}` +
    `${member('clockBehindMs', behindMs)},"event":${event.text}${member('repeats', stamp.repeats)}` +
    `${member('runEntries', stamp.runEntries)},"seq":${head.size},"v":1,"where":${JSON.stringify(stamp.where)}}`;
  const link = hash('sha256', `${DOMAIN}\n${head.hash}\n${hash('sha256', body)}`);
  return Object.freeze({ seq: head.size, body, previous: head.hash, hash: link, at });
}

function member(name: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${name}":${value}`;
}

function canonicalText(event: AuditEvent): string {
  try {
    return canonicalJson(event);
  } catch (error) {
    throw new InvalidEventError(
      isPhasegateError(error) ? `is not plain JSON: ${error.message}` : 'cannot be read',
      error,
    );
  }
}
