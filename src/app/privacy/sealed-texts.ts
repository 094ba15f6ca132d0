/** What stands encrypted in a stored state, and how often it names somebody in clear. */
export interface SealedTexts {
  readonly sealed: readonly { readonly path: string; readonly concealed: string }[];
  readonly named: number;
}

const CONCEALED = /^concealed\/1:[0-9a-f]+:[\w-]+$/;

/** Finds what a stored state holds encrypted, and where `name` stands by itself. Channels of workflows are kept as JSON texts. */
export function sealedTexts(state: unknown, name: string): SealedTexts {
  const sealed: { path: string; concealed: string }[] = [];
  let named = 0;
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const inner = parsed(value);
      if (inner !== undefined) walk(inner, path);
      else if (CONCEALED.test(value)) sealed.push({ path, concealed: value });
      else if (value === name) named += 1;
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        const isMark = key.startsWith('phasegate/sealed');
        walk(member, isMark ? path : `${path}${path === '' ? '' : '.'}${key}`);
      }
    }
  };
  walk(state, '');
  return { sealed, named };
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
