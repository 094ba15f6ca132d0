export {
  dependenciesOf,
  installScript,
  knownWeakness,
  loosenedDependency,
  nativeBinary,
  unbundledDependency,
} from './dependencies.ts';
export {
  blockedPlugin,
  invalidSignature,
  revokedKey,
  unknownKey,
  unsigned,
  wrongDigest,
} from './identity.ts';
