import { UnreadableRowError } from '../../errors/index.ts';
import type { Answer } from './client.ts';

/** Reads an answer that is text. */
export function bufferOf(answer: Answer | undefined): Buffer {
  if (answer instanceof Buffer) return answer;
  throw new UnreadableRowError('answer', new TypeError('expected a text'));
}

/** Reads an answer that is a list. */
export function itemsOf(answer: Answer | undefined): readonly Answer[] {
  if (Array.isArray(answer)) return answer;
  throw new UnreadableRowError('answer', new TypeError('expected a list'));
}

/** Reads an answer that is a whole number. */
export function wholeOf(answer: Answer | undefined): number {
  if (typeof answer === 'number') return answer;
  throw new UnreadableRowError('answer', new TypeError('expected a number'));
}
