import { macOf, type KeyMaterial } from '../seals/index.ts';

const LINE = /^\{"mac":"([\w-]{43})","body":(.*)\}$/s;

/** A line taken apart. */
export interface SealedLine {
  readonly mac: string;
  /** The text that the mac covers. */
  readonly body: string;
}

/** Gives the line of a file for `body`, sealed behind the line before. */
export function sealLine(
  key: KeyMaterial,
  previous: string,
  body: string,
): SealedLine & { readonly text: string } {
  const mac = macOfLine(key, previous, body);
  return { mac, body, text: `{"mac":"${mac}","body":${body}}` };
}

/** Takes a line apart, or gives `undefined` for one that was never ours. */
export function splitLine(text: string): SealedLine | undefined {
  const [, mac, body] = LINE.exec(text) ?? [];
  return mac === undefined || body === undefined ? undefined : { mac, body };
}

/** Tells whether a line is what was sealed behind the line before; each seal covers all lines up to its own. */
export function isLineSound(
  key: KeyMaterial,
  previous: string,
  { mac, body }: SealedLine,
): boolean {
  return mac === macOfLine(key, previous, body);
}

function macOfLine(key: KeyMaterial, previous: string, body: string): string {
  return macOf(key, 'export', [previous, body]).toString('base64url');
}
