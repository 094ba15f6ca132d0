import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { parseEntry, readEntries, type Erasure, type SubjectKeys } from '../../audit/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { PrincipalSession } from '../../sessions/index.ts';
import { openPluginRecords } from '../plugins/index.ts';
import type { App } from '../open-app.ts';
import { findSessions } from './app-sessions.ts';
import { alikeTo } from './alike-to.ts';
import { sealedTexts } from './sealed-texts.ts';

const MOST_THREADS = 100_000;

/** A value of a person in a thread. */
export interface HeldValue {
  readonly thread: string;
  readonly checkpoint: string;
  /** Where in the state: channel, then keys. */
  readonly path: string;
  readonly value: JsonValue;
}

/** What a thread holds of a person. */
export interface HeldInThread {
  readonly thread: string;
  readonly workflow: string;
  readonly checkpoints: number;
  /** Values that are stored under the person's key, also those that need the keys of others besides. */
  readonly sealed: number;
  /** Places that name the person's key in clear, such as whoever decided. Erasing the key does not remove them. */
  readonly clear: number;
}

/** What the store knows of a person, counted. */
export interface SubjectFindings {
  readonly subject: string;
  /** `present`: with a key; `erased`: its key was destroyed; `none`: it never had one here. */
  readonly key: 'present' | 'erased' | 'none';
  readonly erasures: readonly Erasure[];
  readonly threads: readonly HeldInThread[];
  /** Numbers of the entries of the audit trail that are concealed under the key, or name the person in clear. */
  readonly audit: { readonly concealed: readonly number[]; readonly clear: readonly number[] };
  readonly plugins: { readonly calls: number; readonly approvals: number };
  /** How many sessions the configured server keeps of the person as a principal. */
  readonly sessions: number;
  /**
   * Other spellings of the key that stand in threads and in the audit trail, and that a reader takes for the same person. Each is a key of
   * its own: nothing of theirs is counted here, or erased.
   */
  readonly alike: readonly string[];
  /** What is out of reach from here. */
  readonly outOfReach: readonly string[];
}

/** What {@link SubjectFindings} counts, itself. */
export interface SubjectExport extends SubjectFindings {
  readonly exportedAt: string;
  readonly values: readonly HeldValue[];
  /** Entries of the audit trail, what is concealed in them revealed. */
  readonly entries: readonly JsonValue[];
  readonly calls: readonly JsonValue[];
  readonly openSessions: readonly PrincipalSession[];
}

/** What nobody can fetch or erase from here. */
const OUT_OF_REACH: readonly string[] = Object.freeze([
  'copies at providers of models, of traces and of plugins: ask them',
  'files that runs have written, and where those were sent',
  'backups and exports made before: they hold ciphertext, which opens with no key once it is destroyed here, unless a copy of ' +
    'the audit database and of audit.subjects.key was kept together',
  'log lines and mails outside the data folder',
  'what a run asked and was answered, in an export: it is sealed for all its persons at once, and goes when one of them is erased',
  'sessions in the memory of a program, under another prefix of keys, or in its journal of revocations: they end by themselves',
  'fields that no schema marks as sensitive',
]);

/** Finds what is held of a person, by the key that workflows and principals name the person with. */
export async function findSubject(app: App, subject: string): Promise<SubjectFindings> {
  const {
    exportedAt: _at,
    values: _values,
    entries: _entries,
    calls: _calls,
    openSessions: _sessions,
    ...found
  } = await exportSubject(app, subject);
  return found;
}

/** Collects what is held of a person, in clear. @throws STORAGE_*, AUDIT_* of what cannot be read. */
export async function exportSubject(app: App, subject: string): Promise<SubjectExport> {
  const trail = await app.audit.open();
  const subjects = trail.subjects();
  const keyId = await subjects.keyId(subject);
  const erasures = await subjects.erasures(subject);
  const wanted = { subject, keyId, subjects, isAlike: alikeTo(subject) };
  const inThreads = await gatherThreads(app, wanted);
  const inAudit = await gatherEntries(trail, wanted);
  const calls = await pluginRows(app, subject);
  const openSessions = await findSessions(app.config, subject);
  return {
    subject,
    key: keyId === undefined ? (erasures.length > 0 ? 'erased' : 'none') : 'present',
    erasures,
    threads: inThreads.threads,
    audit: inAudit.numbers,
    plugins: { calls: calls.executions.length, approvals: calls.approvals.length },
    sessions: openSessions.length,
    alike: [...new Set([...inThreads.alike, ...inAudit.alike])].toSorted(),
    outOfReach: OUT_OF_REACH,
    exportedAt: new Date().toISOString(),
    values: inThreads.values,
    entries: inAudit.entries,
    calls: [...calls.executions, ...calls.approvals],
    openSessions,
  };
}

interface Wanted {
  readonly subject: string;
  readonly keyId: string | undefined;
  readonly subjects: SubjectKeys;
  readonly isAlike: (text: string) => boolean;
}

async function gatherThreads(
  app: App,
  wanted: Wanted,
): Promise<{
  readonly threads: readonly HeldInThread[];
  readonly values: readonly HeldValue[];
  readonly alike: readonly string[];
}> {
  const threads: HeldInThread[] = [];
  const others: string[] = [];
  const values: HeldValue[] = [];
  for (const { thread, workflow } of await app.storage.threads.list({ limit: MOST_THREADS })) {
    const { checkpoints, clear, held, shared, alike } = await heldBy(app, thread, wanted);
    others.push(...alike);
    const sealed = held.length + shared;
    if (sealed > 0 || clear > 0) threads.push({ thread, workflow, checkpoints, sealed, clear });
    values.push(...held);
  }
  return { threads, values, alike: others };
}

async function heldBy(
  { storage }: App,
  thread: string,
  { subject, keyId, subjects, isAlike }: Wanted,
): Promise<
  Omit<HeldInThread, 'thread' | 'workflow' | 'sealed'> & {
    readonly held: readonly HeldValue[];
    readonly shared: number;
    readonly alike: ReadonlySet<string>;
  }
> {
  const alike = new Set<string>();
  let checkpoints = 0;
  let clear = 0;
  const shares = new Set<string>();
  const own = new Map<string, { readonly checkpoint: string; readonly path: string }>();
  const config = { configurable: { thread_id: thread } };
  for await (const { checkpoint, pendingWrites = [] } of storage.checkpointer.list(config)) {
    checkpoints += 1;
    const pending = pendingWrites.map(([, channel, value]) => [channel, value] as const);
    const found = sealedTexts({ ...checkpoint.channel_values, pending }, subject, isAlike);
    for (const text of found.alike) alike.add(text);
    clear += found.named;
    const isOwn = (concealed: string): boolean => concealed.split(':')[1] === keyId;
    for (const share of found.shares) if (isOwn(share)) shares.add(share);
    const sealed = found.sealed.filter(({ concealed }) => isOwn(concealed));
    for (const { path, concealed } of sealed)
      own.set(concealed, { checkpoint: checkpoint.id, path });
  }
  const opened = [...own].map(async ([concealed, place]): Promise<readonly HeldValue[]> => {
    const text = await subjects.reveal(concealed);
    return text === undefined ? [] : [{ thread, ...place, value: valueOf(text) }];
  });
  const held = (await Promise.all(opened)).flat();
  return { checkpoints, clear, held, shared: shares.size, alike };
}

function valueOf(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

async function gatherEntries(
  { log }: Awaited<ReturnType<App['audit']['open']>>,
  { subject, keyId, subjects, isAlike }: Wanted,
): Promise<{
  readonly alike: readonly string[];
  readonly numbers: SubjectFindings['audit'];
  readonly entries: readonly JsonValue[];
}> {
  const concealed: number[] = [];
  const clear: number[] = [];
  const entries: JsonValue[] = [];
  const named = new Set<string>();
  const own = keyId === undefined ? undefined : `concealed/1:${keyId}:`;
  for await (const { seq, body } of readEntries(log)) {
    const isOwn = own !== undefined && body.includes(own);
    const { actor } = parseEntry(body).event;
    const isNamed = actor.id === subject || actor.onBehalfOf === subject;
    for (const id of [actor.id, actor.onBehalfOf ?? '']) named.add(id);
    if (isOwn) concealed.push(seq);
    if (isNamed) clear.push(seq);
    if (isOwn || isNamed) entries.push(await revealedIn(valueOf(body), subjects));
  }
  const shown = await Promise.all([...named].map(async (id) => revealedName(id, subjects)));
  return { numbers: { concealed, clear }, entries, alike: shown.filter(isAlike) };
}

async function revealedName(id: string, subjects: SubjectKeys): Promise<string> {
  return id.startsWith('concealed/1:') ? ((await subjects.reveal(id)) ?? id) : id;
}

async function revealedIn(value: JsonValue, subjects: SubjectKeys): Promise<JsonValue> {
  if (typeof value === 'string') return revealedName(value, subjects);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return Promise.all(value.map(async (item: JsonValue) => revealedIn(item, subjects)));
  const members = Object.entries(value).map(
    async ([name, member]) => [name, await revealedIn(member, subjects)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}

async function pluginRows(
  { config }: App,
  subject: string,
): Promise<{
  readonly executions: readonly JsonValue[];
  readonly approvals: readonly JsonValue[];
}> {
  const isThere =
    config.records.kind !== 'sqlite' || existsSync(join(config.dataDir, 'plugins.db'));
  if (!isThere) return { executions: [], approvals: [] };
  const database = await openPluginRecords(config);
  try {
    const { reader } = database;
    const executions = await reader
      .selectFrom('plugins_executions')
      .selectAll()
      .where('caller', '=', subject)
      .execute();
    const approvals = await reader
      .selectFrom('plugins_approvals')
      .selectAll()
      .where('approved_by', '=', subject)
      .execute();
    return {
      executions: executions.map((row) => ({ ...row })),
      approvals: approvals.map((row) => ({ ...row })),
    };
  } finally {
    await database.close();
  }
}
