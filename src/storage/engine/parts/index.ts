export {
  knownReferences,
  putTogether,
  readHeader,
  renameParts,
  takeApart,
  type KnownReferences,
  type ReadHeader,
  type TakenApart,
} from './header.ts';
export { nextVersion } from './versions.ts';
