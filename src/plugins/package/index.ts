export { packageDigest, packageSubject } from './package-digest.ts';
export { readManifest } from './read-manifest.ts';
export { integrityOf, readPackage } from './read-package.ts';
