export { decodeValue } from './decode-value.ts';
export { encodeValue } from './encode-value.ts';
export { isUnchanged, NO_SNAPSHOT, snapshotOf, type Snapshot } from './snapshot.ts';
