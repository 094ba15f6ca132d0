import type { JsonValue } from '../../../../src/kernel/index.ts';
import type { Limits, Permissions } from '../../../../src/plugins/index.ts';

/** One attempt of a plugin to do what it must not. */
export interface Attack {
  readonly name: string;
  /** The body of `execute(operation, input, host)`. */
  readonly code?: string;
  /** A whole module in place of `code`. */
  readonly module?: string;
  /** What comes of it where nothing is refused: harmless. */
  readonly gives?: JsonValue;
  /** The code of the refusal, and the limit after a colon. */
  readonly refused?: string | RegExp;
  /** A few words of what the plugin is told: in the cause of the refusal, or in its message where it has none. */
  readonly because?: RegExp;
  readonly files?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  readonly limits?: Partial<Limits>;
  readonly input?: JsonValue;
}

/** Tells for each of these expressions what came of it: `nothing`, the type, or `refused`. */
export const probe = (...expressions: readonly string[]): string =>
  `const seen = []; for (const look of [${expressions.map((text) => `() => (${text})`).join(', ')}]) {
    try { const value = await look(); seen.push(value === undefined || value === null ? 'nothing' : typeof value); } catch { seen.push('refused'); }
  } return seen;`;

/** That many times the same word. */
export const times = (count: number, word: string): readonly string[] =>
  Array.from({ length: count }, () => word);
