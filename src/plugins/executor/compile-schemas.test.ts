import { expect, test } from 'vitest';

import type { JsonSchema } from '../contract/index.ts';
import { compileSchema } from './compile-schemas.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z]+$' },
    digits: { type: 'string', pattern: '^[0-9]+$' },
  },
} as JsonSchema;

test.each([
  [{ name: 'abc', digits: '123' }, true],
  [{ name: 'ABC' }, false],
  [{ name: '123' }, false],
  [{ digits: 'abc' }, false],
])('holds each text against its own pattern: %j', (value, fits) => {
  const demand = (): void => compileSchema(schema, 'test.plugin')(value);
  if (fits) expect(demand).not.toThrow();
  else expect(demand).toThrow(expect.objectContaining({ code: 'PLUGINS_SCHEMA_MISMATCH' }));
});
