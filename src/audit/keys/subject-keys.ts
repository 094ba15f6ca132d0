import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

import { tellEvent } from '../chain/entry.ts';
import { InvalidMasterKeyError } from '../errors.ts';
import type { AuditActor } from '../event.ts';
import { parseEntry } from '../export/parse-entry.ts';
import { appendEvents, type Writer } from '../log/append-events.ts';
import type { AuditLog } from '../log/open-audit-log.ts';
import { findChain, readBodies } from '../store/chain-queries.ts';
import {
  addSubject,
  findSubject,
  findWrappedKey,
  forgetSubject,
} from '../store/subject-queries.ts';

/** A key that was destroyed. */
export interface Erasure {
  readonly keyId: string;
  /** ISO-8601 UTC. */
  readonly at: string;
  /** Under which {@link issueReceipt} issues its receipt. */
  readonly run: string;
  readonly seq: number;
}

const MARK = 'concealed/1';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keys of data subjects. What an event has to say of a person is concealed under the person's own key; the chain runs over
 * the ciphertext, so destroying the key erases what was said and leaves every hash and signature as it is.
 */
export interface SubjectKeys {
  /**
   * Encrypts `text` under the key of `subject`, which is made the first time (AES-256-GCM). The same text of the same
   * subject gives the same ciphertext, so that an event which is told again stays the same event.
   *
   * @returns Text for any member of an event: `concealed/1:` the key's id `:` base64url.
   */
  conceal(subject: string, text: string): Promise<string>;
  /** Decrypts; undefined once the key was destroyed, or for what was not concealed here. */
  reveal(concealed: string): Promise<string | undefined>;
  /** Gives the id of the key of `subject`, which stands in whatever was concealed under it; undefined without one. */
  keyId(subject: string): Promise<string | undefined>;
  /** Tells whether the chain records that the key of what was concealed was destroyed, and did not get lost otherwise. */
  wasErased(concealed: string): Promise<boolean>;
  /** Gives the erasures of `subject` that the chain records, oldest first. */
  erasures(subject: string): Promise<readonly Erasure[]>;
  /**
   * Destroys the key of `subject`, and has the chain record that (by the key's id, which tells nothing).
   *
   * @returns Whether there was a key.
   */
  erase(subject: string, by: AuditActor): Promise<boolean>;
}

/**
 * Opens the subjects' keys, which the log's database holds wrapped by `master`.
 *
 * @param master - 32 secret bytes, kept apart from the database. Without them nothing that was concealed can be read.
 * @throws {@link InvalidMasterKeyError}.
 * @see NIST SP 800-38D (GCM), RFC 5869 (HKDF); the nonce is a MAC of the text, so it repeats with the same text only
 */
export function openSubjectKeys(log: AuditLog, master: Uint8Array): SubjectKeys {
  const secrets = secretsFrom(master);
  const destroyed = new Set<string>();
  const keyOf = async (subject: string): Promise<SubjectKey> => {
    const name = nameOf(secrets, subject);
    const known = await findSubject(log.database.reader, name);
    if (known !== undefined) return unwrapped(secrets, known);
    return log.database.exclusively(async (queries) => {
      const other = await findSubject(queries, name);
      if (other !== undefined) return unwrapped(secrets, other);
      const id = randomBytes(16).toString('hex');
      const wrapped = seal(secrets.wrapping, randomBytes(KEY_BYTES), id);
      await addSubject(queries, { id, name, wrapped });
      return unwrapped(secrets, { id, wrapped });
    });
  };
  return Object.freeze({
    conceal: async (subject: string, text: string) => {
      const { id, key } = await keyOf(subject);
      return `${MARK}:${id}:${seal(key, Buffer.from(text), id)}`;
    },
    reveal: async (concealed: string) => {
      const [mark, id = '', sealed = ''] = concealed.split(':');
      const wrapped = mark === MARK ? await findWrappedKey(log.database.reader, id) : undefined;
      if (wrapped === undefined) return undefined;
      const { key } = unwrapped(secrets, { id, wrapped });
      return open(key, sealed, id)?.toString();
    },
    keyId: async (subject: string) =>
      (await findSubject(log.database.reader, nameOf(secrets, subject)))?.id,
    wasErased: async (concealed: string) => {
      const [, id = ''] = concealed.split(':');
      if (destroyed.has(id)) return true;
      for (const { keyId } of await erasuresIn(log)) destroyed.add(keyId);
      return destroyed.has(id);
    },
    erasures: async (subject: string) => erasuresIn(log, nameOf(secrets, subject)),
    erase: async (subject: string, by: AuditActor) => {
      const name = nameOf(secrets, subject);
      const isErased = await log.write(async (writer) => forgotten(writer, name, by));
      // Also out of what the database keeps of deleted rows, of an erasure that was cut short before this as well.
      await log.database.scrub();
      return isErased;
    },
  });
}

/** Takes a key away, and tells the chain so, in one transaction. */
async function forgotten(
  writer: Writer,
  name: string,
  by: AuditActor,
): Promise<{ readonly value: boolean; readonly lines: readonly string[] }> {
  const known = await findSubject(writer.queries, name);
  if (known === undefined) return { value: false, lines: [] };
  await forgetSubject(writer.queries, known.id);
  const key = `subject-erased/${known.id}`;
  const outcome = 'success' as const;
  const event = {
    key,
    kind: 'subject-erased',
    actor: by,
    outcome,
    target: known.id,
    run: `subject-erased-${known.id}`,
    // Without the master key nobody can tell whose name it is; with it, that this one was erased.
    facts: { subject: name },
  } as const;
  const { checkpoints } = await appendEvents(writer, [tellEvent(event)]);
  return { value: true, lines: checkpoints.map(({ line }) => line) };
}

async function erasuresIn(
  { database, name }: AuditLog,
  subject?: string,
): Promise<readonly Erasure[]> {
  const chain = await findChain(database.reader, name);
  if (chain === undefined) return [];
  const bodies = await readBodies(database.reader, chain, { mention: '"kind":"subject-erased"' });
  return bodies.flatMap(({ seq, body }) => {
    const { at, event } = parseEntry(body);
    if (event.kind !== 'subject-erased') return [];
    if (subject !== undefined && event.facts?.['subject'] !== subject) return [];
    return [{ keyId: event.target, at, run: event.run ?? '', seq }];
  });
}

interface Secrets {
  readonly naming: KeyObject;
  readonly wrapping: KeyObject;
}

interface SubjectKey {
  readonly id: string;
  readonly key: KeyObject;
}

function secretsFrom(master: Uint8Array): Secrets {
  if (master.length !== KEY_BYTES) throw new InvalidMasterKeyError('it has another length');
  const derive = (use: string): KeyObject =>
    createSecretKey(
      Buffer.from(hkdfSync('sha256', master, '', `phasegate-subjects/${use}`, KEY_BYTES)),
    );
  return { naming: derive('name'), wrapping: derive('wrap') };
}

/** A subject's name in the database: without the master key nobody can try names. */
function nameOf({ naming }: Secrets, subject: string): string {
  return createHmac('sha256', naming).update(subject.toWellFormed()).digest('hex');
}

function unwrapped(
  { wrapping }: Secrets,
  { id, wrapped }: { readonly id: string; readonly wrapped: string },
): SubjectKey {
  const key = open(wrapping, wrapped, id);
  if (key === undefined)
    throw new InvalidMasterKeyError('it did not wrap the keys in this database');
  return { id, key: createSecretKey(key) };
}

function seal(key: KeyObject, plain: Buffer, context: string): string {
  const iv = createHmac('sha256', key)
    .update('nonce\n')
    .update(plain)
    .digest()
    .subarray(0, IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
}

function open(key: KeyObject, sealed: string, context: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const start = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    return Buffer.concat([start, decipher.final()]);
  } catch {
    // A false tag: another key, or changed bytes.
    return undefined;
  }
}
