export { isEncrypted, unwrap, wrap, type EnvelopeOptions } from './envelope.ts';
export { packingOf } from './packing.ts';
export {
  createKeyring,
  macOf,
  segmentDigest,
  stateKeyId,
  type KeyMaterial,
  type Keyring,
} from './keyring.ts';
export {
  isCheckpointSound,
  isHeadSound,
  isThreadSound,
  isWriteSound,
  sealCheckpoint,
  sealHead,
  sealThread,
  sealWrite,
} from './rows.ts';
export { giveOrder, isNamed, readOrder, sealMark, type RollbackOrder } from './rollback-order.ts';
