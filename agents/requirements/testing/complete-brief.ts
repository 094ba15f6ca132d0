import type { Requirements } from '../artifact.ts';
import { readBrief, type Answers } from './run-requirements.ts';

/** A brief that leaves nothing open, so that whatever is asked comes from what a test adds to it. */
const COMPLETE = `Objective: Sell spades.
Audience: Gardeners
Key messages: Spades of steel.
Call to action: Order at https://spades.example.com
Sender: Example Tools, 1 Example Street, Exampleton EX1 1AA, hello@spades.example.com
`;

/** Reads that brief with `words` behind it. */
export async function readCompleteWith(
  words: string,
  answers: Answers = {},
): Promise<Requirements> {
  return await readBrief(`${COMPLETE}\n${words}\n`, answers);
}
