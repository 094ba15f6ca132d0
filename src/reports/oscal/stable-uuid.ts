import { digestOf } from '../../kernel/index.ts';

/** A UUID (version 8, RFC 9562) that the same names always give, so that the same report is the same file. */
export function stableUuid(...names: readonly string[]): string {
  const hex = digestOf(['phasegate oscal', ...names]);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
