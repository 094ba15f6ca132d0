import { createHmac, timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { canonicalJson, randomIds, samePerson, type Logger } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { readWaivers, type Waiver } from '../../validation/index.ts';
import { makeDataFolder } from '../files/make-data-folder.ts';
import { WaiverRefusedError } from './errors.ts';

const Who = z.strictObject({
  id: z.string().min(1),
  kind: z.string(),
  authenticated: z.boolean(),
  at: z.iso.datetime(),
});
const Request = z.strictObject({
  id: z.string(),
  workflow: z.string(),
  checkId: z.string(),
  checkDigest: z.string(),
  reason: z.string(),
  owner: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  by: Who,
});
/** A revocation keeps who had approved: the approval itself is taken away. */
const Step = z.strictObject({ id: z.string(), by: Who, approvedBy: Who.exactOptional() });

/** Who did it, as resolved when it was done, and when. */
export type WaiverStep = z.infer<typeof Who>;
/** An exception that somebody asked for. */
export type WaiverRequest = z.infer<typeof Request>;

/** A waiver with what became of it. It lets something pass while it is `active` and its time has come. */
export interface WaiverRecord extends WaiverRequest {
  readonly status: 'requested' | 'active' | 'ended' | 'revoked';
  readonly approvedBy: WaiverStep | undefined;
  readonly revokedBy: WaiverStep | undefined;
}

/** Where waivers are kept, in files of a folder that are only ever added, each sealed. */
export interface WaiverBook {
  /** All waivers, oldest first. What is not sealed is left out and told to the log. */
  list(now: string): readonly WaiverRecord[];
  /** Those that let checks of `workflow` pass; read anew when something was added. */
  active(workflow: string): readonly Waiver[];
  /** Makes a request of it, with an id, that is not kept yet. @throws VALIDATION_INVALID_WAIVER. */
  draft(request: Omit<WaiverRequest, 'id' | 'by'>, by: WaiverStep): WaiverRequest;
  keep(request: WaiverRequest): void;
  /** @throws {@link WaiverRefusedError} where `approve` would. */
  examineApproval(id: string, by: WaiverStep): WaiverRecord;
  /** @throws {@link WaiverRefusedError} where `revoke` would. */
  examineRevocation(id: string, by: WaiverStep): WaiverRecord;
  /** @throws {@link WaiverRefusedError} for its owner or the one who asked, or what is no longer open. */
  approve(id: string, by: WaiverStep): WaiverRecord;
  /** @throws {@link WaiverRefusedError} for what is not there or revoked already. */
  revoke(id: string, by: WaiverStep): WaiverRecord;
}

/** Gives what is kept of somebody who acts now. */
export function stepOf({ id, kind, authenticated }: Principal, at: string): WaiverStep {
  return { id, kind, authenticated, at };
}

/** What a {@link WaiverBook} works with. */
export interface WaiverBookParts {
  readonly directory: string;
  readonly sealKey: Uint8Array;
  readonly logger: Logger;
  /** Whether only somebody who is authenticated may approve. */
  readonly authenticatedOnly: boolean;
}

const FOLDER = 'waivers';

/** Opens the waivers of a data folder. Nothing is written before the first one. */
export function openWaiverBook(parts: WaiverBookParts): WaiverBook {
  const folder = join(parts.directory, FOLDER);
  const read = (): readonly WaiverRequest[] => readAll([folder, 'request'], Request, parts);
  const listed = (now: string): readonly WaiverRecord[] => {
    const approvals = stepsOf(folder, 'approval', parts);
    const revocations = stepsOf(folder, 'revocation', parts);
    return read()
      .map((request) => recordOf(request, { approvals, revocations, now }))
      .toSorted((one, other) => (one.by.at < other.by.at ? -1 : 1));
  };
  const find = (id: string, now: string): WaiverRecord => {
    const found = listed(now).find((record) => record.id === id);
    if (found !== undefined) return found;
    throw new WaiverRefusedError(
      id,
      'there is no such waiver',
      'List them: phasegate policy waivers',
    );
  };
  const book: WaiverBook = {
    list: listed,
    active: activeIn(folder, parts, listed),
    draft: (request, by) => {
      const draft = { ...request, id: `w-${randomIds.next().slice(0, 8)}`, by };
      // The form that gates demand, with somebody other than the owner where the approver will stand.
      readWaivers([formOf(draft, `${draft.owner}+`)]);
      return draft;
    },
    keep: (request) => write(folder, { id: request.id, kind: 'request', content: request }, parts),
    examineApproval: (id, by) => {
      const record = find(id, by.at);
      refuseApproval(record, by, parts);
      return record;
    },
    examineRevocation: (id, by) => {
      const record = find(id, by.at);
      if (record.status === 'revoked')
        throw new WaiverRefusedError(id, 'it is revoked already', 'Nothing is left to be done.');
      return record;
    },
    approve: (id, by) => {
      book.examineApproval(id, by);
      write(folder, { id, kind: 'approval', content: { id, by } }, parts);
      return find(id, by.at);
    },
    revoke: (id, by) => {
      const { approvedBy } = book.examineRevocation(id, by);
      const content = { id, by, ...(approvedBy && { approvedBy }) };
      write(folder, { id, kind: 'revocation', content }, parts);
      // Without its approval it stays without effect, also if somebody takes the revocation away.
      rmSync(join(folder, `${id}.approval.json`), { force: true });
      return find(id, by.at);
    },
  };
  return Object.freeze(book);
}

/** Reads waivers anew only when a file was added or taken away: gates ask often. */
function activeIn(
  folder: string,
  parts: WaiverBookParts,
  list: WaiverBook['list'],
): WaiverBook['active'] {
  let stamp = '';
  let waivers: readonly (Waiver & { readonly workflow: string })[] = [];
  return (workflow) => {
    const now = stampOf(folder);
    if (now !== stamp) {
      waivers = list(new Date().toISOString()).flatMap((record) =>
        counts(record, parts) ? waiverFrom(record) : [],
      );
      stamp = now;
    }
    return waivers.flatMap(({ workflow: own, ...waiver }) => (own === workflow ? waiver : []));
  };
}

function refuseApproval(
  { id, status, owner, by: asker }: WaiverRecord,
  by: WaiverStep,
  { authenticatedOnly }: WaiverBookParts,
): void {
  const other =
    'Let another person approve it, who answers for neither the check nor the exception.';
  if (status !== 'requested')
    throw new WaiverRefusedError(id, `it is ${status} already`, 'Ask for a new one.');
  if (samePerson(by.id, owner))
    throw new WaiverRefusedError(id, 'its owner cannot approve it', other);
  if (samePerson(by.id, asker.id))
    throw new WaiverRefusedError(id, 'who asked for it cannot approve it', other);
  if (authenticatedOnly && !(by.authenticated && by.kind === 'person'))
    throw new WaiverRefusedError(id, 'in production only an authenticated person approves', other);
}

/** In production an exception that nobody authenticated has given is none, whoever took it for one elsewhere. */
function counts({ approvedBy }: WaiverRecord, { authenticatedOnly }: WaiverBookParts): boolean {
  if (!authenticatedOnly) return true;
  return approvedBy?.authenticated === true && approvedBy.kind === 'person';
}

type Steps = ReadonlyMap<string, z.infer<typeof Step>>;

function recordOf(
  request: WaiverRequest,
  { approvals, revocations, now }: { approvals: Steps; revocations: Steps; now: string },
): WaiverRecord {
  const revocation = revocations.get(request.id);
  const approvedBy = approvals.get(request.id)?.by ?? revocation?.approvedBy;
  const revokedBy = revocation?.by;
  const isOver = Date.parse(now) >= Date.parse(request.endsAt);
  const status = revokedBy ? 'revoked' : isOver ? 'ended' : approvedBy ? 'active' : 'requested';
  return { ...request, status, approvedBy, revokedBy };
}

function waiverFrom(record: WaiverRecord): readonly (Waiver & { readonly workflow: string })[] {
  if (record.status !== 'active' || record.approvedBy === undefined) return [];
  return [{ ...formOf(record, record.approvedBy.id), workflow: record.workflow }];
}

function formOf(
  { id, checkId, checkDigest, reason, owner, startsAt, endsAt }: WaiverRequest,
  approvedBy: string,
): Waiver {
  return { id, checkId, checkDigest, reason, owner, startsAt, endsAt, approvedBy };
}

type Kind = 'request' | 'approval' | 'revocation';

interface Page {
  readonly id: string;
  readonly kind: Kind;
  readonly content: object;
}

/** Adds a file that was not there: two at once cannot overwrite each other. */
function write(folder: string, { id, kind, content }: Page, { sealKey }: WaiverBookParts): void {
  makeDataFolder(folder);
  const text = JSON.stringify({ content, seal: sealOf(kind, content, sealKey) }, null, 2);
  try {
    writeFileSync(join(folder, `${id}.${kind}.json`), `${text}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    throw new WaiverRefusedError(
      id,
      `its ${kind} cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : 'error'})`,
      'See whether somebody was quicker ("phasegate policy waivers"), and whether the data folder can be written.',
    );
  }
}

function stepsOf(folder: string, kind: Kind, parts: WaiverBookParts): Steps {
  return new Map(readAll([folder, kind], Step, parts).map((step) => [step.id, step]));
}

function readAll<Content extends { readonly id: string }>(
  [folder, kind]: readonly [string, Kind],
  schema: z.ZodType<Content>,
  { sealKey, logger }: WaiverBookParts,
): readonly Content[] {
  return namesIn(folder).flatMap((name) => {
    if (!name.endsWith(`.${kind}.json`)) return [];
    const content = openPage(join(folder, name), kind, sealKey);
    const parsed = schema.safeParse(content);
    if (parsed.success && name === `${parsed.data.id}.${kind}.json`) return [parsed.data];
    // A waiver that was not given here lets nothing pass; that it lies there is worth knowing.
    logger.warn('waiver-unsealed', { file: name });
    return [];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

const Sealed = z.strictObject({ content: z.looseObject({}), seal: z.string() });

function openPage(path: string, kind: Kind, sealKey: Uint8Array): unknown {
  const parsed = Sealed.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success) return undefined;
  const { content, seal } = parsed.data;
  const [expected, found] = [Buffer.from(sealOf(kind, content, sealKey)), Buffer.from(seal)];
  return expected.length === found.length && timingSafeEqual(expected, found) ? content : undefined;
}

function sealOf(kind: Kind, content: object, sealKey: Uint8Array): string {
  const text = `phasegate waiver ${kind}\n${canonicalJson(content)}`;
  return createHmac('sha256', sealKey).update(text).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON is no page of the book, and is told as such.
    return undefined;
  }
}

/** Changes whenever a file is added. */
function stampOf(folder: string): string {
  try {
    return `${statSync(folder).mtimeMs} ${namesIn(folder).length}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
}
