export { hasChanged, noteIncarnation, reconcile } from './reconcile.ts';
