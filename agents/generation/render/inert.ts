const OPENINGS = /\{(?=[{%#])|\$(?=\{)|\*(?=\|)|<(?=%)|\[(?=\[)|%(?=%)/gu;

/**
 * Gives text that no mail system takes for one of its merge fields: a space parts the opening marks of the common template
 * languages (`{{`, `{%`, `{#`, `${`, `*|`, `<%`, `[[`, `%%`). Line breaks become spaces and control characters go, so that text
 * can stand in a header.
 */
export function inert(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(OPENINGS, '$& ')
    .trim();
}

/** Merge fields that the writer puts into emails, without braces. The mail system fills them for each reader. */
export const MERGE_FIELDS = ['first_name', 'unsubscribe_url', 'cta_url'] as const;

/** Gives the names of the merge fields in `texts`, sorted, each once. */
export function mergeFieldsIn(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\{\{([^{}]{0,100})\}\}/gu)].map(([, name = '']) => name.trim()),
  );
  return [...new Set(names)].toSorted();
}
