import type { Primitive } from '../primitive.ts';
import { approvalQuorum, sodDistinct } from './approval/index.ts';
import { auditRetention } from './audit/index.ts';

const ALL: readonly Primitive[] = [sodDistinct, approvalQuorum, auditRetention];

/** Every primitive check, by its id. */
export const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map(
  ALL.map((primitive) => [primitive.id, primitive]),
);
