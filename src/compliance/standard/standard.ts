import type { EvidenceKind, Primitive, PrimitiveMode } from '../primitive.ts';
import type { StandardPack } from './pack-schema.ts';

/** A check of a standard, ready to be asked. */
export interface StandardCheck {
  /** Such as `SOX-01`. */
  readonly id: string;
  readonly controls: readonly string[];
  readonly note: string | undefined;
  readonly primitive: Primitive;
  /** As the primitive's schema gives them, defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mode: PrimitiveMode;
  readonly evidence: readonly EvidenceKind[];
  readonly predicate: string;
  readonly says: string;
  readonly cannotSay: string;
}

/** A pack of checks that speak to the controls of a standard. It never speaks to the standard as a whole. */
export interface Standard extends Pick<
  StandardPack,
  'id' | 'title' | 'source' | 'note' | 'version' | 'extent' | 'neverAttestable'
> {
  readonly checks: readonly StandardCheck[];
  /** Changes whenever a check, a parameter or a text does; in every verdict and report. */
  readonly digest: string;
  /** The data that it was made of. */
  readonly pack: StandardPack;
}
