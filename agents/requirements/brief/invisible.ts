/** Control, bidirectional, zero-width and tag characters: they change what a person sees, never what a brief says. */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Gives `text` without invisible characters and without lone surrogates. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').toWellFormed();
}

/** Tells whether one UTF-16 code unit is an invisible character. */
export function isInvisible(unit: string): boolean {
  return unit.replace(INVISIBLE, '') === '';
}
