import { expect, test } from 'vitest';

import { redactValue, scanValue } from './index.ts';

test('tells the path of what it finds, and reads the names of fields as labels', () => {
  const value = {
    patient: { ssn: '536221234', visits: [{ phone: 2125550123 }, 'write to anna@example.com'] },
    order: '536221234',
    'anna@example.com': true,
  };
  expect(scanValue(value)).toEqual([
    {
      type: 'US_SSN',
      start: 0,
      end: 9,
      confidence: expect.any(Number),
      path: ['patient', 'ssn'],
      in: 'value',
    },
    {
      type: 'PHONE_NUMBER',
      start: 0,
      end: 10,
      confidence: expect.any(Number),
      path: ['patient', 'visits', 0, 'phone'],
      in: 'value',
    },
    {
      type: 'EMAIL_ADDRESS',
      start: 9,
      end: 25,
      confidence: expect.any(Number),
      path: ['patient', 'visits', 1],
      in: 'value',
    },
    {
      type: 'EMAIL_ADDRESS',
      start: 0,
      end: 16,
      confidence: expect.any(Number),
      path: ['anna@example.com'],
      in: 'key',
    },
  ]);
});

test('redacts texts, numbers and keys, and leaves the value as it was', () => {
  const value = {
    ssn: 536221234,
    note: 'card 4111 1111 1111 1111',
    'a@example.com': 1,
    'b@example.com': [2, null, false],
    password: 'correct horse',
    note2: '{"password": "correct horse"}',
  };
  expect(redactValue(value)).toEqual({
    ssn: '<US_SSN>',
    note: 'card <CREDIT_CARD>',
    '<EMAIL_ADDRESS>': 1,
    '<EMAIL_ADDRESS> 2': [2, null, false],
    password: '<PASSWORD>',
    note2: '{"password": "<PASSWORD>"}',
  });
  expect(value.ssn).toBe(536221234);
});

test('what it cannot look through is an error', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  for (const scan of [scanValue, redactValue]) {
    expect(() => scan(cycle)).toThrow(expect.objectContaining({ code: 'PRIVACY_BUDGET' }));
    expect(() => scan({ at: new Date() })).toThrow(
      expect.objectContaining({ code: 'KERNEL_NOT_JSON' }),
    );
    expect(() => scan(['x'.repeat(6), 'y'.repeat(6)], { maxCharacters: 10 })).toThrow(
      expect.objectContaining({ code: 'PRIVACY_BUDGET' }),
    );
  }
});
