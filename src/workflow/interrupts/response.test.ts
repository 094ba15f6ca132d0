import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { editedArgs } from './edited.ts';
import { cleanComment, readResponse } from './response.ts';

const args = { steps: ['a'] };

describe('what people send by', () => {
  test.each([
    ['accept', { type: 'accept', args: null }, { kind: 'approve', comment: '' }],
    [
      'edit',
      { type: 'edit', args: { action: 'x', args } },
      { kind: 'edit', comment: '', args: { action: 'x', args } },
    ],
    ['response', { type: 'response', args: 'more' }, { kind: 'respond', comment: 'more' }],
    ['ignore', { type: 'ignore', args: null }, { kind: 'undecided' }],
    ['resolve', { type: 'resolve' }, { kind: 'undecided' }],
  ])('Agent Inbox and Studio: %s, alone and in a list', (_name, sent, read) => {
    expect(readResponse(sent)).toEqual(read);
    expect(readResponse([sent])).toEqual(read);
  });

  test.each([
    ['approve', { type: 'approve' }, { kind: 'approve', comment: '' }],
    ['reject', { type: 'reject', message: 'no' }, { kind: 'reject', comment: 'no' }],
    ['reject without a word', { type: 'reject' }, { kind: 'reject', comment: '' }],
    ['respond', { type: 'respond', message: 'more' }, { kind: 'respond', comment: 'more' }],
    [
      'edit',
      { type: 'edit', edited_action: { name: 'x', args } },
      { kind: 'edit', comment: '', args },
    ],
    [
      'edit in camel case',
      { type: 'edit', editedAction: { name: 'x', args } },
      { kind: 'edit', comment: '', args },
    ],
  ])('Agent Chat UI and the LangChain middleware: %s', (_name, sent, read) => {
    expect(readResponse({ decisions: [sent] })).toEqual(read);
  });

  test.each([
    ['approve', { decision: 'approve', comment: 'fine' }, { kind: 'approve', comment: 'fine' }],
    ['reject', { decision: 'reject' }, { kind: 'reject', comment: '' }],
    ['respond', { decision: 'respond', comment: 'more' }, { kind: 'respond', comment: 'more' }],
    ['edit', { decision: 'edit', subject: args }, { kind: 'edit', comment: '', args }],
  ])('our own command line: %s', (_name, sent, read) => {
    expect(readResponse(sent)).toEqual(read);
  });
});

test.each([
  true,
  'approve',
  'yes',
  1,
  null,
  undefined,
  [],
  {},
  [{ type: 'accept' }, { type: 'accept' }],
  [[{ type: 'accept' }]],
  { type: 'ACCEPT' },
  { type: 'approve' },
  { type: 'response', args: { text: 'x' } },
  { decisions: [] },
  { decisions: [{ type: 'approve' }, { type: 'reject' }] },
  { decisions: { type: 'approve' } },
  { decisions: [{ type: 'accept' }] },
  { decisions: [{ type: 'edit' }] },
  { decision: 'approved' },
  { decision: true },
  { decision: ['approve'] },
  { approved: true },
  { action: 'approve' },
  { type: 'accept', decision: 'reject' },
  { type: 'accept', decisions: [{ type: 'reject' }] },
  { decision: 'approve', decisions: [{ type: 'reject' }] },
  { decision: 'approve', type: 'ignore' },
  [{ type: 'accept', decision: 'reject' }],
])('%j is none of these forms', (sent) => {
  expect(readResponse(sent)).toEqual({ kind: 'unrecognised' });
});

test('nothing but the known forms is an approval', () => {
  fc.assert(
    fc.property(fc.anything(), (sent) => {
      expect(readResponse(sent).kind).toBe('unrecognised');
    }),
  );
});

test('a comment is whole text without control characters, of at most 2,000 characters', () => {
  expect(cleanComment(' a\u0000b\u202Ec\n\td ')).toBe('abc\n\td');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000, size: 'max' }), (text) => {
      const clean = cleanComment(text);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean.length).toBeLessThanOrEqual(2000);
    }),
  );
  expect(cleanComment(`${'a'.repeat(1999)}💌`).isWellFormed()).toBe(true);
  expect(cleanComment('\uD800').isWellFormed()).toBe(true);
});

test('edited values take the types that they had, and texts stay texts', () => {
  const original = { steps: ['a'], count: 1, open: true, title: 'x', note: null };
  const sent = { steps: '["b","c"]', count: '2', open: 'false', title: '7', note: 'null' };
  expect(editedArgs({ action: 'approve-plan', args: sent }, original)).toEqual({
    steps: ['b', 'c'],
    count: 2,
    open: false,
    title: '7',
    note: null,
  });
  expect(editedArgs({ steps: 'not json' }, original)).toEqual({ steps: 'not json' });
  expect(editedArgs('text', original)).toBe('text');
});

test('an edited key that reaches a prototype stays a key', () => {
  const edited = editedArgs(JSON.parse('{"__proto__":"{\\"admin\\":true}"}'), {});
  expect(Object.getPrototypeOf(edited)).toBe(Object.prototype);
  expect({}).not.toHaveProperty('admin');
});
