import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { silentLogger } from '../../kernel/index.ts';
import { overridesIn } from '../compliance/overrides.ts';
import {
  openWaiverBook,
  type WaiverBook,
  type WaiverRequest,
  type WaiverStep,
} from './waiver-book.ts';

const KEY = new Uint8Array(32).fill(3);
const NOW = new Date().toISOString();
const asked: WaiverStep = { id: 'alice', kind: 'person', authenticated: true, at: NOW };
const script: WaiverStep = { id: 'controller', kind: 'script', authenticated: false, at: NOW };
const person: WaiverStep = { id: 'bob', kind: 'person', authenticated: true, at: NOW };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-waivers-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const book = (authenticatedOnly = false, sealKey = KEY, installation = 'main/1'): WaiverBook =>
  openWaiverBook({
    directory,
    sealKey,
    logger: silentLogger,
    authenticatedOnly,
    installation: () => installation,
  });

function requested(): string {
  const request = {
    workflow: 'claims',
    checkId: 'house.limit',
    checkDigest: 'd'.repeat(64),
    from: 'draft',
    to: 'paper',
    reason: 'A fair.',
    owner: 'alice',
    startsAt: NOW,
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const draft = book().draft(request, asked);
  book().keep(draft);
  return draft.id;
}

test('in production a waiver that a script gave lets nothing pass, whatever profile it was given under', () => {
  const id = requested();
  expect(() => book(true).approve(id, script)).toThrow('only an authenticated person');
  book().approve(id, script);
  expect(book().active('claims')).toMatchObject([{ id, approvedBy: 'controller' }]);
  expect(book(true).active('claims')).toEqual([]);
});

test('it holds for its workflow, under the key that sealed it, until it is revoked', () => {
  const id = requested();
  const open = book(true);
  expect(open.active('claims')).toEqual([]);
  open.approve(id, person);
  expect(open.active('claims')).toHaveLength(1);
  expect(open.active('payments')).toEqual([]);
  expect(book(true, new Uint8Array(32).fill(4)).active('claims')).toEqual([]);
  open.revoke(id, asked);
  expect(open.active('claims')).toEqual([]);
  expect(() => open.approve(id, person)).toThrow('it is revoked already');
});

test('one that was revoked is still among the exceptions of a report, with its end and when it was taken back', () => {
  const id = requested();
  const open = book();
  open.approve(id, person);
  open.revoke(id, asked);
  const [waiver] = open.list(NOW);
  expect(waiver).toMatchObject({ status: 'revoked', approvedBy: person, revokedBy: asked });
  expect(overridesIn(open.list(NOW))).toEqual([
    expect.objectContaining({
      id,
      secondApprover: 'bob',
      endsAt: waiver?.endsAt,
      revokedAt: NOW,
    }),
  ]);
});

test('one that was copied into another installation with the same key lets nothing pass there, and says so', () => {
  const id = requested();
  book().approve(id, person);
  const elsewhere = book(false, KEY, 'main/2');
  expect(elsewhere.active('claims')).toEqual([]);
  expect(elsewhere.list(NOW)).toMatchObject([{ id, status: 'unbound' }]);
  expect(() => elsewhere.approve(id, person)).toThrow('was asked for in another installation');
  expect(book().active('claims')).toMatchObject([{ id, from: 'draft', to: 'paper' }]);
});

test('one of before that names no transition lets nothing pass, and says what to do', () => {
  const id = requested();
  const path = join(directory, 'waivers', `${id}.request.json`);
  const { content } = JSON.parse(readFileSync(path, 'utf8')) as { content: WaiverRequest };
  const { from: _from, to: _to, installation: _here, ...older } = content;
  rmSync(path);
  book().keep(older);
  expect(book().list(NOW)).toMatchObject([{ id, status: 'unbound' }]);
  expect(() => book().approve(id, person)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('policy waive') as string }),
  );
  expect(book().active('claims')).toEqual([]);
});
