import { expect, test } from 'vitest';

import { writtenFrom } from '../fixtures/written-from.ts';

const BRIEF = `Goal: sell jackets
Audience: Customers
Key messages: Jackets are warm. Jackets are dry.
CTA: Order at https://jackets.example.com
`;
const PLACE = '1 Example Street, Exampleton EX1 1AA, hello@jackets.example.com';

async function firstLines(words: string, language: string): Promise<readonly string[]> {
  const { generation } = await writtenFrom(
    `${BRIEF}From: ${words}, ${PLACE}\nLanguage: ${language}\n`,
  );
  return generation.emails[0]?.text.split('\n') ?? [];
}

test('a brief without a tone gets a letter that is neither stiff nor chummy', async () => {
  const lines = await firstLines('Example Jackets', 'English');
  expect(lines).toContain('Hello {{first_name}},');
  expect(lines).toContain('Kind regards,');
});

test.each(['Kanuschule e. V.', 'Kanuschule e.V.', 'Example Jackets Ltd.', 'Example S.r.l.'])(
  'a sender called %j signs so',
  async (name) => {
    expect(await firstLines(name, 'English')).toContain(name);
  },
);
