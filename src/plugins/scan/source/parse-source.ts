import { parse as parseWithAcorn } from 'acorn';

import { isNode, type SyntaxNode } from './syntax.ts';

/** Why a file could not be read as code. */
export type ParseFailure = 'not-code' | 'too-deep' | 'no-parser';

/** A file's syntax tree, or why there is none. */
export type Parsed = { readonly program: SyntaxNode } | { readonly failure: ParseFailure };

type ParseSync = (
  file: string,
  text: string,
) => { readonly program: unknown; readonly errors: readonly { readonly severity: string }[] };

/**
 * The parser in native code recurses on the machine's stack, and a process does not survive running out of it. A tree cannot
 * be deeper than a text has tokens that nest, so a text with more of them goes to the parser in JavaScript, which throws.
 */
const MAX_NESTING_TOKENS = 2500;
const NESTING =
  /[([{?!~=:+\-*<`]|\b(?:new|typeof|void|delete|await|yield|if|else|for|while|do|with|async|case|class|function|try)\b/g;

let native: Promise<ParseSync | undefined> | undefined;

/** Loads the parser in native code, once; where it has no binary for this machine, the other one does its work. */
async function loadNative(): Promise<ParseSync | undefined> {
  native ??= import('oxc-parser').then(
    ({ parseSync }) => parseSync as ParseSync,
    () => undefined,
  );
  return await native;
}

/** Parses files; safe for any text. */
export type Parse = (file: string, text: string) => Parsed;

/**
 * Gives what parses files on this machine.
 *
 * @param preferred - `acorn` leaves the native parser out.
 */
export async function createParser(preferred: 'native' | 'acorn' = 'native'): Promise<Parse> {
  const parseSync = preferred === 'native' ? await loadNative() : undefined;
  return (file, text) => {
    const isTypeScript = /\.[mc]?tsx?$/.test(file);
    if (parseSync !== undefined && !nestsDeeply(text)) return parseNative(parseSync, file, text);
    if (isTypeScript) return { failure: parseSync === undefined ? 'no-parser' : 'too-deep' };
    return parseInJavaScript(text);
  };
}

function nestsDeeply(text: string): boolean {
  if (text.length <= MAX_NESTING_TOKENS) return false;
  let tokens = 0;
  // Where a match is matters not, so none is made.
  NESTING.lastIndex = 0;
  while (NESTING.test(text)) if (++tokens > MAX_NESTING_TOKENS) return true;
  return false;
}

function parseNative(parseSync: ParseSync, file: string, text: string): Parsed {
  try {
    const name = /\.([mc]?[jt]s|[jt]sx)$/.test(file) ? file : `${file}.js`;
    const { program, errors } = parseSync(name, text);
    if (isNode(program) && !errors.some(({ severity }) => severity === 'Error')) return { program };
  } catch {
    // What the native parser cannot hand over is given to the other one, which says why.
  }
  return parseInJavaScript(text);
}

function parseInJavaScript(text: string): Parsed {
  let failure: ParseFailure = 'not-code';
  for (const sourceType of ['module', 'script'] as const) {
    try {
      const program: unknown = parseWithAcorn(text, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
      });
      if (isNode(program)) return { program };
    } catch (error) {
      if (error instanceof RangeError) failure = 'too-deep';
    }
  }
  return { failure };
}
