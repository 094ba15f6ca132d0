import type { GivenApproval } from '../../app/index.ts';
import type { Paint } from '../rendering/paint.ts';
import { plainLine } from '../rendering/plain-text.ts';
import { instantText } from '../rendering/time.ts';

/** Says who approved a move; a script is never shown as a person. */
export function approvalLine(
  { from, to, by, comment, givenAt }: GivenApproval,
  paint: Paint,
): string {
  const who =
    by.kind === 'script'
      ? paint.attention(`script "${plainLine(by.id)}" (no person decided)`)
      : `${plainLine(by.id)}${by.authenticated ? '' : ' (not authenticated)'} ${paint.dim(`[${by.source}]`)}`;
  const said = comment === '' ? '' : `, saying: ${plainLine(comment)}`;
  return `approved ${from} → ${to} by ${who}${said} ${paint.dim(`at ${instantText(givenAt)}`)}`;
}
