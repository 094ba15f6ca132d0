export { classifyLabel } from './classify-label.ts';
export { panMasked } from './pan-masked.ts';
export { panUnreadable } from './pan-unreadable.ts';
export { sadAbsent } from './sad-absent.ts';
export { secretsNone } from './secrets-none.ts';
