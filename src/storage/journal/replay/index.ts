export {
  hasChanged,
  noteIncarnation,
  reconcile,
  type ReconcileParts,
  type Source,
} from './reconcile.ts';
