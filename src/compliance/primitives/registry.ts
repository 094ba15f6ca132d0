import type { Primitive } from '../primitive.ts';
import * as access from './access/index.ts';
import * as approval from './approval/index.ts';
import * as audit from './audit/index.ts';
import * as change from './change/index.ts';
import * as content from './content/index.ts';
import * as destinations from './destinations/index.ts';
import * as privacy from './privacy/index.ts';
import * as runtime from './runtime/index.ts';

const FAMILIES = [access, approval, audit, change, content, destinations, privacy, runtime];

/** Every primitive check, by its id. */
export const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map(
  FAMILIES.flatMap((family): readonly Primitive[] => Object.values(family))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((primitive) => [primitive.id, primitive]),
);
