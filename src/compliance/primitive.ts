import type { z } from 'zod';

import type { FactName, FactsWith } from './facts/compliance-facts.ts';
import type { TransitionTag } from './facts/vocabulary.ts';
import type { Judgement } from './judgement.ts';
import type { EvidenceName, EvidenceWith } from './trail/trail-evidence.ts';

/** Where a check is asked: before a transition, about a period, or both. */
export type PrimitiveMode = 'gate' | 'report' | 'both';

/** What kinds of evidence a check looks at. */
export type EvidenceKind =
  | 'audit'
  | 'checkpoints'
  | 'config'
  | 'identity'
  | 'keys'
  | 'logs'
  | 'output'
  | 'probe'
  | 'state';

/** What a primitive check says about itself. */
export interface PrimitiveText<Id extends string, Parameters extends z.ZodType> {
  /** Family and name: `sod.distinct`. */
  readonly id: Id;
  /** A schema of a strict object in which every parameter has a default: unknown parameters are refused. */
  readonly parameters: Parameters;
  readonly evidence: readonly EvidenceKind[];
  /** What the machine tells. */
  readonly predicate: string;
  /** What a pass says. */
  readonly says: string;
  /** What a pass cannot say. */
  readonly cannotSay: string;
  /** The transitions that its gate side is for; every one unless told. */
  readonly on?: readonly TransitionTag[];
}

/** The side of a primitive check that is asked at a gate. */
export interface GateSide<Part extends FactName, Parameters> {
  /** Parts of the facts without which it cannot be decided. */
  readonly needs: readonly Part[];
  readonly judge: (facts: FactsWith<Part>, parameters: Parameters) => Judgement;
}

/** The side of a primitive check that is asked about a period. */
export interface ReportSide<Part extends EvidenceName, Parameters> {
  /** Parts of the evidence without which it cannot be decided. */
  readonly needs: readonly Part[];
  readonly assess: (evidence: EvidenceWith<Part>, parameters: Parameters) => Judgement;
}

/** A check that standards give a meaning: pure functions of facts and of evidence. */
export interface Primitive<Id extends string = string> extends Omit<
  PrimitiveText<Id, z.ZodType>,
  'on'
> {
  readonly mode: PrimitiveMode;
  readonly on: readonly TransitionTag[];
  // Which facts and parameters a side takes is known where it is defined; who calls it parses them by these schemas first.
  readonly gate: GateSide<FactName, never> | undefined;
  readonly report: ReportSide<EvidenceName, never> | undefined;
}

/** The two sides that {@link definePrimitive} takes; at least one. */
export type PrimitiveSides<Facts extends FactName, Evidence extends EvidenceName, Parameters> =
  | {
      readonly gate: GateSide<Facts, Parameters>;
      readonly report?: ReportSide<Evidence, Parameters>;
    }
  | { readonly gate?: never; readonly report: ReportSide<Evidence, Parameters> };

/** Describes a primitive check. */
export function definePrimitive<
  const Id extends string,
  Parameters extends z.ZodType,
  Facts extends FactName = never,
  Evidence extends EvidenceName = never,
>(
  text: PrimitiveText<Id, Parameters>,
  { gate, report }: PrimitiveSides<Facts, Evidence, z.output<Parameters>>,
): Primitive<Id> {
  const mode = gate === undefined ? 'report' : report === undefined ? 'gate' : 'both';
  return Object.freeze({
    ...text,
    on: text.on ?? [],
    mode,
    gate: gate as unknown as Primitive['gate'],
    report: report as unknown as Primitive['report'],
  });
}
