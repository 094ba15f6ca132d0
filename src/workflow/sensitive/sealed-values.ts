import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { ERASED } from '../state/erased.ts';
import type { FieldVault } from './field-vault.ts';
import type { SensitiveField } from './sensitive-fields.ts';

/** The one member of what stands in a store for a sensitive value. */
const SEALED = 'phasegate/sealed';
/** The same for a value of which several persons have a part: all of their keys are needed to open it. */
const SHARED = 'phasegate/sealed-for-all';
const DIGEST = /^[0-9a-f]{64}$/;
const DIGEST_NAME = /digest$/i;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed: the keys, and whose they are where nobody is named. */
export interface Sealing {
  readonly vault: FieldVault;
  /** The subject of what belongs to nobody in particular: the thread. */
  readonly thread: string;
}

/** What was opened, and whether anything of it is gone for good. */
export interface Opened {
  readonly value: unknown;
  readonly isErased: boolean;
}

/** Seals the sensitive fields of a value. */
export async function sealFields(
  value: unknown,
  fields: readonly SensitiveField[],
  sealing: Sealing,
): Promise<unknown> {
  const done = new WeakSet();
  let sealed = value;
  for (const { path, subject } of fields) {
    const name = subjectIn(value, subject) ?? sealing.thread;
    // Each field is put into what the one before has left.
    // oxlint-disable-next-line no-await-in-loop
    sealed = await replaced(sealed, path, {
      done,
      put: async (found) => concealed(found, name, sealing),
    });
  }
  return escaped(sealed, sealing, done);
}

/** The persons that the fields of a value belong to. */
export function subjectsIn(value: unknown, fields: readonly SensitiveField[]): readonly string[] {
  return fields.flatMap(({ subject }) => subjectIn(value, subject) ?? []);
}

/** Seals the digests in a record: those of few possible values could be found by trying. */
export async function sealDigests(value: unknown, sealing: Sealing): Promise<unknown> {
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(async ([name, member]) => {
    const isDigest = DIGEST_NAME.test(name) && typeof member === 'string' && DIGEST.test(member);
    return [name, isDigest ? await concealed(member, sealing.thread, sealing) : member] as const;
  });
  return Object.fromEntries(await Promise.all(members));
}

/** Seals a whole value so that the keys of all `subjects` are needed to open it. */
export async function sealWhole(
  value: unknown,
  subjects: readonly string[],
  { vault, thread }: Sealing,
): Promise<unknown> {
  const shares = [...new Set([thread, ...subjects])].map((subject) => ({
    subject,
    bytes: randomBytes(KEY_BYTES),
  }));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', joined(shares.map(({ bytes }) => bytes)), iv);
  const text = JSON.stringify(value ?? null);
  const body = Buffer.concat([
    iv,
    cipher.update(text, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const keys = await Promise.all(
    shares.map(async ({ subject, bytes }) => vault.conceal(subject, bytes.toString('base64url'))),
  );
  return { [SHARED]: { keys, body: body.toString('base64url') } };
}

/** Opens everything that was sealed in a value. @throws what the vault throws. */
export async function openSealed(value: unknown, vault: FieldVault): Promise<Opened> {
  if (!isObject(value) && !Array.isArray(value)) return { value, isErased: false };
  if (Array.isArray(value)) {
    const items = await Promise.all(value.map(async (item: unknown) => openSealed(item, vault)));
    return {
      value: items.map((item) => item.value),
      isErased: items.some((item) => item.isErased),
    };
  }
  const only = Object.keys(value).length === 1;
  if (only && typeof value[SEALED] === 'string') return openOne(value[SEALED], vault);
  if (only && isObject(value[SHARED])) return openShared(value[SHARED], vault);
  const members = await Promise.all(
    Object.entries(value).map(
      async ([name, member]) => [name, await openSealed(member, vault)] as const,
    ),
  );
  return {
    value: Object.fromEntries(members.map(([name, member]) => [name, member.value])),
    isErased: members.some(([, member]) => member.isErased),
  };
}

/** Tells whether a stored text holds anything sealed. */
export function mayHoldSealed(text: string): boolean {
  return text.includes(`"${SEALED}"`) || text.includes(`"${SHARED}"`);
}

async function openOne(text: string, vault: FieldVault): Promise<Opened> {
  const found = await vault.reveal(text);
  if (found.kind === 'erased') return { value: ERASED, isErased: true };
  return { value: JSON.parse(found.text) as unknown, isErased: false };
}

async function openShared(
  { keys, body }: Readonly<Record<string, unknown>>,
  vault: FieldVault,
): Promise<Opened> {
  const sealed = (Array.isArray(keys) ? keys : []).map(String);
  const shares = await Promise.all(sealed.map(async (key) => vault.reveal(key)));
  const bytes: Buffer[] = [];
  for (const share of shares) {
    if (share.kind === 'erased') return { value: ERASED, isErased: true };
    bytes.push(Buffer.from(share.text, 'base64url'));
  }
  const whole = Buffer.from(String(body), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', joined(bytes), whole.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  }).setAuthTag(whole.subarray(-TAG_BYTES));
  const start = decipher.update(whole.subarray(IV_BYTES, -TAG_BYTES));
  const text = Buffer.concat([start, decipher.final()]).toString('utf8');
  return { value: JSON.parse(text) as unknown, isErased: false };
}

/** A key of which each share alone, and all of them but one, say nothing. */
function joined(shares: readonly Buffer[]): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  for (const share of shares)
    for (const [index, byte] of share.entries()) key[index] = (key[index] ?? 0) ^ byte;
  return key;
}

async function concealed(value: unknown, subject: string, { vault }: Sealing): Promise<object> {
  return { [SEALED]: await vault.conceal(subject, JSON.stringify(value ?? null)) };
}

/** What a caller wrote that looks like something sealed is sealed itself, so that it comes back as it was. */
async function escaped(value: unknown, sealing: Sealing, done: WeakSet<object>): Promise<unknown> {
  if (isDone(value, done)) return value;
  const text = JSON.stringify(value);
  if (text === undefined || !mayHoldSealed(text)) return value;
  if (Array.isArray(value))
    return Promise.all(value.map(async (item: unknown) => escaped(item, sealing, done)));
  if (!isObject(value)) return value;
  if (SEALED in value || SHARED in value) return concealed(value, sealing.thread, sealing);
  const members = Object.entries(value).map(
    async ([name, member]) => [name, await escaped(member, sealing, done)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}

interface Sealer {
  /** What it has put. */
  readonly done: WeakSet<object>;
  readonly put: (found: unknown) => Promise<object>;
}

function isDone(value: unknown, done: WeakSet<object>): boolean {
  return typeof value === 'object' && value !== null && done.has(value);
}

async function replaced(
  value: unknown,
  [step, ...rest]: readonly string[],
  sealer: Sealer,
): Promise<unknown> {
  // What was sealed for one mark is not sealed again for another that reaches it too.
  if (value === undefined || isDone(value, sealer.done)) return value;
  if (step === undefined) {
    const sealed = await sealer.put(value);
    sealer.done.add(sealed);
    return sealed;
  }
  const isEach = step === '*';
  if (Array.isArray(value)) {
    const items = value.map(async (item: unknown) =>
      isEach ? replaced(item, rest, sealer) : item,
    );
    return Promise.all(items);
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(async ([name, member]) => {
    const isMeant = isEach || name === step;
    return [name, isMeant ? await replaced(member, rest, sealer) : member] as const;
  });
  return Object.fromEntries(await Promise.all(members));
}

function subjectIn(value: unknown, path: readonly string[] | undefined): string | undefined {
  if (path === undefined) return undefined;
  const found = path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), value);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
