import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { randomIds, samePerson } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { readWaivers, type Waiver } from '../../validation/index.ts';
import { WaiverRefusedError } from './errors.ts';
import { readPages, stampOf, writePage, type PageKind, type PageParts } from './waiver-pages.ts';

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
  /** Whose gate it is for. Waivers had none of these three once; they hold nowhere. */
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
  /** Where it was asked for: the audit trail that was begun there. */
  installation: z.string().exactOptional(),
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

/**
 * A waiver with what became of it. It lets something pass while it is `active` and its time has come. `unbound`: it names no
 * transition, or another installation than this one, and holds nowhere here.
 */
export interface WaiverRecord extends WaiverRequest {
  readonly status: 'requested' | 'active' | 'ended' | 'revoked' | 'unbound';
  readonly approvedBy: WaiverStep | undefined;
  readonly revokedBy: WaiverStep | undefined;
}

/** What is asked for: a check, and the transition at whose gate it is. */
export type WaiverDraft = Omit<WaiverRequest, 'id' | 'by' | 'installation'> & {
  readonly from: string;
  readonly to: string;
};

/** Where waivers are kept, in files of a folder that are only ever added, each sealed. */
export interface WaiverBook {
  /** All waivers, oldest first. What is not sealed is left out and told to the log. */
  list(now: string): readonly WaiverRecord[];
  /** Those that let checks of `workflow` pass; read anew when something was added. */
  active(workflow: string): readonly Waiver[];
  /** Makes a request of it, with an id, that is not kept yet. @throws VALIDATION_INVALID_WAIVER. */
  draft(request: WaiverDraft, by: WaiverStep): WaiverRequest;
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
export interface WaiverBookParts extends PageParts {
  readonly directory: string;
  /** Names this installation; undefined before its audit trail was begun. */
  readonly installation: () => string | undefined;
  /** Whether only somebody who is authenticated may approve. */
  readonly authenticatedOnly: boolean;
}

const FOLDER = 'waivers';

/** Opens the waivers of a data folder. Nothing is written before the first one. */
export function openWaiverBook(parts: WaiverBookParts): WaiverBook {
  const folder = join(parts.directory, FOLDER);
  const read = (): readonly WaiverRequest[] => readPages([folder, 'request'], Request, parts);
  const listed = (now: string): readonly WaiverRecord[] => {
    const approvals = stepsOf(folder, 'approval', parts);
    const revocations = stepsOf(folder, 'revocation', parts);
    const here = parts.installation();
    return read()
      .map((request) => recordOf(request, { approvals, revocations, now, here }))
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
    draft: (request, by) => drafted(request, by, parts),
    keep: (request) =>
      writePage(folder, { id: request.id, kind: 'request', content: request }, parts),
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
      writePage(folder, { id, kind: 'approval', content: { id, by } }, parts);
      return find(id, by.at);
    },
    revoke: (id, by) => {
      const { approvedBy } = book.examineRevocation(id, by);
      const content = { id, by, ...(approvedBy && { approvedBy }) };
      writePage(folder, { id, kind: 'revocation', content }, parts);
      // Without its approval it stays without effect, also if somebody takes the revocation away.
      rmSync(join(folder, `${id}.approval.json`), { force: true });
      return find(id, by.at);
    },
  };
  return Object.freeze(book);
}

function drafted(
  request: WaiverDraft,
  by: WaiverStep,
  { installation }: WaiverBookParts,
): WaiverRequest {
  const id = `w-${randomIds.next().slice(0, 8)}`;
  const here = installation();
  if (here === undefined)
    throw new WaiverRefusedError(
      id,
      'no audit trail was begun here that it could belong to',
      'Open the trail first, such as with a run.',
    );
  const draft = { ...request, id, installation: here, by };
  // The form that gates demand, with somebody other than the owner where the approver will stand.
  readWaivers([formOf(draft, `${draft.owner}+`)]);
  return draft;
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
  if (status === 'unbound')
    throw new WaiverRefusedError(
      id,
      'it names no transition, or was asked for in another installation, and holds nowhere here',
      'Ask for a new one here: phasegate policy waive CHECK --workflow W --from PHASE --to PHASE',
    );
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

interface Looking {
  readonly approvals: Steps;
  readonly revocations: Steps;
  readonly now: string;
  readonly here: string | undefined;
}

function recordOf(
  request: WaiverRequest,
  { approvals, revocations, now, here }: Looking,
): WaiverRecord {
  const revocation = revocations.get(request.id);
  const approvedBy = approvals.get(request.id)?.by ?? revocation?.approvedBy;
  const revokedBy = revocation?.by;
  const isOver = Date.parse(now) >= Date.parse(request.endsAt);
  const isBound = isWhole(request) && request.installation === here;
  const open = isBound ? (approvedBy ? 'active' : 'requested') : 'unbound';
  const status = revokedBy ? 'revoked' : isOver ? 'ended' : open;
  return { ...request, status, approvedBy, revokedBy };
}

function waiverFrom(record: WaiverRecord): readonly (Waiver & { readonly workflow: string })[] {
  if (record.status !== 'active' || record.approvedBy === undefined || !isWhole(record)) return [];
  return [{ ...formOf(record, record.approvedBy.id), workflow: record.workflow }];
}

function isWhole<Asked extends WaiverRequest>(request: Asked): request is Asked & WaiverDraft {
  return request.from !== undefined && request.to !== undefined;
}

function formOf(request: WaiverRequest & WaiverDraft, approvedBy: string): Waiver {
  const { id, checkId, checkDigest, from, to, reason, owner, startsAt, endsAt } = request;
  return { id, checkId, checkDigest, from, to, reason, owner, startsAt, endsAt, approvedBy };
}

function stepsOf(folder: string, kind: PageKind, parts: WaiverBookParts): Steps {
  return new Map(readPages([folder, kind], Step, parts).map((step) => [step.id, step]));
}
