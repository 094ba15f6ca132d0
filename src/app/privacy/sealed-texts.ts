/** What stands encrypted in a stored state, and how often it names somebody in clear. */
export interface SealedTexts {
  readonly sealed: readonly { readonly path: string; readonly concealed: string }[];
  /** Parts of keys to what is sealed for several persons at once: no values themselves. */
  readonly shares: readonly string[];
  readonly named: number;
  /** Texts that stand by themselves, are not the name, and to a reader are. */
  readonly alike: readonly string[];
}

const CONCEALED = /^concealed\/1:[0-9a-f]+:[\w-]+$/;

/**
 * Finds what a stored state holds encrypted, and where `name`, or what looks like it, stands by itself. Channels of workflows are kept
 * as JSON texts.
 *
 * @param isAlike - Tells whether a text, to a reader, is the name in another spelling.
 */
export function sealedTexts(
  state: unknown,
  name: string,
  isAlike: (text: string) => boolean,
): SealedTexts {
  const alike = new Set<string>();
  const sealed: { path: string; concealed: string }[] = [];
  const shares: string[] = [];
  let named = 0;
  const walk = (value: unknown, path: string, isShared = false): void => {
    if (typeof value === 'string') {
      const inner = parsed(value);
      if (inner !== undefined) walk(inner, path);
      else if (CONCEALED.test(value)) {
        if (isShared) shares.push(value);
        else sealed.push({ path, concealed: value });
      } else if (value === name) named += 1;
      else if (isAlike(value)) alike.add(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        walk(member, below(path, key), isShared || key === 'phasegate/sealed-for-all');
      }
    }
  };
  walk(state, '');
  return { sealed, shares, named, alike: [...alike] };
}

function below(path: string, key: string): string {
  if (key.startsWith('phasegate/sealed')) return path;
  return path === '' ? key : `${path}.${key}`;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A text that only begins like JSON.
    return undefined;
  }
}
