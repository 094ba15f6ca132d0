import type { Readable, Writable } from 'node:stream';

import { isCancel, MultiLinePrompt, wrapTextWithPrefix, type State } from '@clack/core';
import { S_BAR, S_BAR_END, symbol } from '@clack/prompts';

import type { Paint } from '../rendering/paint.ts';

/** What a person is asked to write. */
export interface TextQuestion {
  readonly message: string;
  /** Shown while nothing is written. */
  readonly placeholder?: string;
  /** What stands there to begin with. */
  readonly initial?: string | undefined;
  /** Says what is wrong with the text; undefined when it can be taken. */
  readonly validate?: (text: string) => string | undefined;
}

/** Where it is asked. */
export interface AskedAt {
  readonly input: Readable;
  readonly output: Writable;
  readonly paint: Paint;
  readonly signal: AbortSignal;
}

const PASTE_ON = '\u001B[?2004h';
const PASTE_OFF = '\u001B[?2004l';
const RETURN = '\r';

/**
 * Asks for text. Enter sends it; a pasted text may have several lines and paragraphs, and Ctrl-J begins a line by hand.
 *
 * @returns The text without white space around it; undefined when the person stops.
 */
export async function askText(question: TextQuestion, at: AskedAt): Promise<string | undefined> {
  const prompt = new TextPrompt(question, at);
  at.output.write(PASTE_ON);
  try {
    const written = await prompt.prompt();
    if (isCancel(written) || written === undefined) return undefined;
    return written.replaceAll(/\n{3,}/g, '\n\n').trim();
  } finally {
    prompt.leave();
    at.output.write(PASTE_OFF);
  }
}

/** An editor of lines that tells the Enter of a person from the line ends in what they paste. */
class TextPrompt extends MultiLinePrompt {
  readonly #input: Readable;
  /** Between the marks that a terminal puts around what is pasted. */
  #isPasting = false;
  /** Line ends of the bytes just read behind which more bytes came, as no hand types them. */
  #inner = 0;

  constructor(question: TextQuestion, { input, output, paint, signal }: AskedAt) {
    const { message, placeholder = '', initial, validate } = question;
    super({
      // Its own way of sending is a button; with it, a line end is only ever written, never counted.
      showSubmit: true,
      input,
      output,
      signal,
      ...(initial === undefined ? {} : { initialUserInput: initial }),
      ...(validate === undefined ? {} : { validate: (text) => validate((text ?? '').trim()) }),
      render() {
        const { state, error, userInput, value, userInputWithCursor } = this;
        return rendered(
          { message, placeholder, state, error, userInput, value, userInputWithCursor },
          { output, paint },
        );
      },
    });
    this.#input = input;
    input.prependListener('data', this.#read);
    this.on('key', (_, { name }) => {
      if (name === 'paste-start') this.#isPasting = true;
      if (name === 'paste-end') this.#isPasting = false;
    });
  }

  /** Ends listening; the prompt itself has ended. */
  leave(): void {
    this.#input.off('data', this.#read);
  }

  protected override _shouldSubmit(...key: Parameters<MultiLinePrompt['_shouldSubmit']>): boolean {
    const isInner = this.#inner > 0;
    if (isInner) this.#inner -= 1;
    if (!isInner && !this.#isPasting) return true;
    this.focused = 'editor';
    return super._shouldSubmit(...key);
  }

  readonly #read = (bytes: Buffer | string): void => {
    const text = bytes.toString();
    const ends = text.split(RETURN).length - 1;
    this.#inner = text.endsWith(RETURN) ? Math.max(0, ends - 1) : ends;
  };
}

interface Shown {
  readonly message: string;
  readonly placeholder: string;
  readonly state: State;
  readonly error: string;
  readonly userInput: string;
  readonly value: string | undefined;
  readonly userInputWithCursor: string;
}

function rendered(
  { message, placeholder, state, error, userInput, value, userInputWithCursor }: Shown,
  { output, paint }: Pick<AskedAt, 'output' | 'paint'>,
): string {
  const head = `${paint.dim(S_BAR)}\n${symbol(state)}  ${message}\n`;
  const framed = (text: string, bar: string): string =>
    wrapTextWithPrefix(output, text, `${bar}  `);
  if (state === 'submit' || state === 'cancel')
    return head + framed(paint.dim(value ?? ''), paint.dim(S_BAR));
  const body = userInput === '' ? `█${paint.dim(placeholder)}` : userInputWithCursor;
  const style = state === 'error' ? paint.attention : paint.accent;
  const foot = state === 'error' ? `  ${paint.attention(error)}` : '';
  return `${head}${framed(body, style(S_BAR))}\n${style(S_BAR_END)}${foot}\n`;
}
