/** Gives the id of the email of a step for a segment: both in kebab case, so that it can name files. */
export function emailId(step: string, segment: string): string {
  return `${step}-${segment}`
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}
