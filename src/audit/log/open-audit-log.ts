import {
  isPhasegateError,
  randomIds,
  systemClock,
  type Clock,
  type Ids,
} from '../../kernel/index.ts';
import { tellEvent, type ChainHead, type TellableEvent } from '../chain/entry.ts';
import { AppendFailedError, AuditClosedError, AuditTamperedError } from '../errors.ts';
import type { AuditEvent } from '../event.ts';
import type { CheckpointKeeper } from '../keys/checkpoint-file.ts';
import type { Signer } from '../keys/signer.ts';
import type { AuditSink, SealedEntry } from '../sink.ts';
import { findChain, readHashAt, readHead, type Chain } from '../store/chain-queries.ts';
import type { AuditDatabase, Queries } from '../store/database.ts';
import type { RecalledEvent } from '../export/parse-entry.ts';
import { recallThread } from '../threads/recall-thread.ts';
import { adoptTail } from './adopt-tail.ts';
import { appendEvents, requireKey, signHead, type Appended, type Writer } from './append-events.ts';
import { createAppendQueue } from './append-queue.ts';
import { createCheckpointOutbox } from './checkpoint-outbox.ts';
import { openChain, reconcile, REGISTRY } from './open-chain.ts';

const MAX_BATCH = 256;

/** What {@link openAuditLog} takes. */
export interface AuditLogOptions {
  readonly database: AuditDatabase;
  readonly signer: Signer;
  /** Where signed checkpoints are kept outside the database. */
  readonly checkpoints: CheckpointKeeper;
  /** The chain's name; "main" unless told otherwise. */
  readonly chain?: string;
  /** The instance that writes, recorded in every entry: host, process or service. */
  readonly where: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
}

/** One chain, open for appending. Disposing of it waits for what is under way and signs the tail. */
export interface AuditLog extends AuditSink, AsyncDisposable {
  recall(thread: string): Promise<readonly RecalledEvent[]>;
  /** The chain's name and the random id of its beginning. */
  readonly origin: string;
  readonly name: string;
  /** The public key in PEM form that its checkpoints are verified with. */
  readonly publicKey: string;
  readonly database: AuditDatabase;
  /** Signs where the chain stands now, if anything was appended since. */
  checkpoint(): Promise<void>;
  /**
   * Runs `work` as the chain's only writer, and keeps the checkpoints that it signs.
   *
   * @internal
   */
  write<Value>(work: (writer: Writer) => Promise<Written<Value>>): Promise<Value>;
}

/** What a piece of writing gives back. */
export interface Written<Value> {
  readonly value: Value;
  /** Lines of checkpoints to be kept outside. */
  readonly lines: readonly string[];
}

/**
 * Opens the chain of this name, and begins it where there is none.
 *
 * @throws {@link AuditTamperedError} if the database contradicts what was signed; AUDIT_* for what cannot be opened.
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { database, signer, checkpoints, where, chain: name = 'main' } = options;
  const { clock = systemClock, ids = randomIds } = options;
  const outbox = createCheckpointOutbox(checkpoints);
  const kept = checkpoints.lines();
  const opened = await database.exclusively(async (queries) => {
    // What is there is looked at before anything is signed behind it.
    const lines: string[] = [];
    for (const known of [REGISTRY, name]) {
      const present = await findChain(queries, known);
      if (present === undefined) continue;
      requireKey({ chain: present, signer });
      lines.push(...(await reconcile(queries, present, kept)));
      const adopted = await adoptTail({ queries, chain: present, signer, clock, where });
      lines.push(...adopted.map(({ line }) => line));
    }
    const begun = await openChain({ queries, signer, clock, where, ids }, name);
    const head = await readHead(queries, begun.chain);
    return { chain: begun.chain, head, lines: [...new Set([...lines, ...begun.lines])] };
  });
  outbox.keep(opened.lines);
  const write: AuditLog['write'] = async (work) => {
    // What could not be kept before comes first: nothing new is answered while it is missing outside.
    outbox.keep([]);
    const { value, lines } = await database.exclusively(async (queries) => {
      const chain = await presentChain(queries, opened.chain);
      return work({ queries, chain, signer, clock, where });
    });
    outbox.keep(lines);
    return value;
  };
  return createLog({ ...opened, database, signer, write });
}

async function presentChain(queries: Queries, chain: Chain): Promise<Chain> {
  const present = await findChain(queries, chain.name);
  if (present?.origin === chain.origin) return present;
  throw new AuditTamperedError(chain.name, 'it was replaced by another chain');
}

interface LogParts extends Pick<AuditLog, 'database' | 'write'> {
  readonly signer: Signer;
  readonly chain: Chain;
  readonly head: ChainHead;
}

function createLog({ database, signer, chain, head: start, write }: LogParts): AuditLog {
  let seen: Pick<ChainHead, 'size' | 'hash'> = start;
  let isClosed = false;
  const commit = async (events: readonly TellableEvent[]): Promise<readonly SealedEntry[]> => {
    try {
      const { sealed, head } = await write(async (writer) => {
        await requireSeen(writer, seen);
        const value: Appended = await appendEvents(writer, events);
        return { value, lines: value.checkpoints.map(({ line }) => line) };
      });
      seen = head;
      return sealed;
    } catch (error) {
      throw isPhasegateError(error) && !error.retryable
        ? error
        : new AppendFailedError(chain.name, error);
    }
  };
  const queue = createAppendQueue(commit, MAX_BATCH);
  const checkpoint = async (): Promise<void> =>
    write(async (writer) => {
      const signed = await signHead(writer);
      return { value: undefined, lines: signed.map(({ line }) => line) };
    });
  return Object.freeze({
    origin: chain.origin,
    name: chain.name,
    publicKey: signer.publicKey,
    database,
    write,
    checkpoint,
    recall: async (thread: string) => recallThread({ database, name: chain.name }, thread),
    append: async (event: AuditEvent) => {
      if (isClosed) throw new AuditClosedError();
      // Refused here, so that it does not take those with it that share its commit.
      return queue.push(tellEvent(event));
    },
    [Symbol.asyncDispose]: async () => {
      if (isClosed) return;
      isClosed = true;
      await queue.settled();
      await write(async (writer) => {
        // Whoever holds the next key signs the tail.
        const isRetired = writer.chain.keyId !== signer.keyId;
        const signed = isRetired ? [] : await signHead(writer);
        return { value: undefined, lines: signed.map(({ line }) => line) };
      });
    },
  });
}

/** What this process has seen of the chain must still be there; the hash is compared, not the number alone. */
async function requireSeen(
  { queries, chain }: Writer,
  seen: Pick<ChainHead, 'size' | 'hash'>,
): Promise<void> {
  if (seen.size < chain.cutSize) return;
  const found = await readHashAt(queries, chain, seen.size);
  if (found !== seen.hash) {
    throw new AuditTamperedError(chain.name, `entry ${seen.size - 1} is gone or another one`);
  }
}
