import { digestOf } from '../../src/kernel/index.ts';

const DIGITS = 8;

/**
 * Gives the id of the email of a step for a segment: kebab case, so that it can name files. Ids of which letters had to be
 * changed get some digits of their digest, so that no two become one.
 */
export function emailId(step: string, segment: string): string {
  const whole = `${step}-${segment}`;
  const slug = whole
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 80);
  if (slug === whole) return slug;
  return [slug, digestOf([step, segment]).slice(0, DIGITS)].filter((part) => part !== '').join('-');
}
