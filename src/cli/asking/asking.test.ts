import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { frozenJson } from '../../kernel/index.ts';
import { awaitedIn } from './awaited.ts';
import { checkEdit } from './check-edit.ts';
import { answersFromJson, answersFromPairs } from './read-answers.ts';

const questions = [{ id: 'sender' }, { id: 'a=b' }, { id: 'a' }];
const coded = (code: string): unknown => expect.objectContaining({ code });

describe('answers', () => {
  test('are read from pairs; an id may hold an equals sign, and so may the text', () => {
    const pairs = ['sender= Fernhill = Garden ', 'a=b=c', 'a=d'];
    expect(answersFromPairs(pairs, questions)).toEqual({
      sender: 'Fernhill = Garden',
      'a=b': 'c',
      a: 'd',
    });
  });

  test.each([
    ['nothing', 'CLI_USAGE'],
    ['sender=  ', 'CLI_USAGE'],
    ['colour=red', 'CLI_UNKNOWN_QUESTION'],
  ])('are refused: %s', (pair, code) => {
    expect(() => answersFromPairs([pair], questions)).toThrow(coded(code));
  });

  test('are read from JSON', () => {
    expect(answersFromJson('f', '{"sender": "Fernhill"}', questions)).toEqual({
      sender: 'Fernhill',
    });
  });

  test.each([
    ['{', 'CLI_INVALID_ANSWER_FILE'],
    ['[]', 'CLI_INVALID_ANSWER_FILE'],
    ['{"sender": 7}', 'CLI_INVALID_ANSWER_FILE'],
    ['{"sender": " "}', 'CLI_INVALID_ANSWER_FILE'],
    ['{"colour": "red"}', 'CLI_UNKNOWN_QUESTION'],
  ])('in JSON are refused: %s', (text, code) => {
    expect(() => answersFromJson('f', text, questions)).toThrow(coded(code));
  });
});

describe('an edit', () => {
  const schema = frozenJson(z.toJSONSchema(z.strictObject({ title: z.string().min(1) })));

  test('is taken when it fits the schema that came with what was shown', () => {
    expect(checkEdit({ title: 'x' }, schema)).toEqual({ fits: true, value: { title: 'x' } });
  });

  test.each([[{ title: 7 }], [{}], [{ title: 'x', more: true }], [null]])(
    '%j is refused',
    (value) => {
      expect(checkEdit(value, schema).fits).toBe(false);
    },
  );

  test('is left to the phase when the schema is none', () => {
    expect(checkEdit(7, true).fits).toBe(true);
  });
});

describe('what a run waits for', () => {
  test('is read from its interrupt', () => {
    const value = frozenJson({
      phasegate: { kind: 'questions', questions: [{ id: 'a', text: 'A?', path: '', options: [] }] },
    });
    expect(awaitedIn({ interrupt: { id: 'i', value } })).toMatchObject({
      kind: 'questions',
      id: 'i',
    });
  });

  test.each([[null], ['text'], [{ phasegate: { kind: 'other' } }]])(
    'is unknown for %j',
    (value) => {
      expect(awaitedIn({ interrupt: { id: 'i', value } })).toBeUndefined();
    },
  );
});
