export { readManifest } from './read-manifest.ts';
export { integrityOf, packageDigest, readPackage } from './read-package.ts';
