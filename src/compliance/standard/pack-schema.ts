import { z } from 'zod';

const Text = z.string().trim().min(1).max(2_000);
const Id = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Expected kebab case');
const EvidenceKind = z.enum([
  'audit',
  'checkpoints',
  'config',
  'identity',
  'keys',
  'logs',
  'output',
  'probe',
  'state',
]);

/** One check of a standard: a primitive check with parameters, and the controls that it speaks to. */
export const StandardCheckText = z.strictObject({
  /** Such as `SOX-01`. */
  id: z
    .string()
    .max(40)
    .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/, 'Expected upper case, such as OWN-01'),
  /** Identifiers of the standard's controls, one each, without their text. */
  controls: z.array(Text.max(100)).min(1).max(50),
  /** What the identifiers leave open, in words of one's own. */
  note: Text.optional(),
  primitive: z.string().max(60),
  parameters: z.record(z.string(), z.json()).default({}),
  /** Where it is asked; wherever the primitive can be, unless told. */
  mode: z.enum(['gate', 'report', 'both']).optional(),
  /** What follows is the primitive's own unless told. */
  evidence: z.array(EvidenceKind).min(1).optional(),
  predicate: Text.optional(),
  says: Text.optional(),
  cannotSay: Text.optional(),
});
export type StandardCheckText = z.output<typeof StandardCheckText>;

/** A standard as data. */
export const StandardPack = z.strictObject({
  id: Id,
  title: Text.max(200),
  /** The edition that the identifiers are of. */
  source: Text,
  /** What has to be known before anything is read into a result. */
  note: Text,
  version: z
    .string()
    .max(40)
    .regex(/^\d+\.\d+\.\d+$/, 'Expected a version such as 1.0.0'),
  /** What identifiers are counted in, up to their first bracket, and how many the standard has; null where nobody can say. */
  extent: z.strictObject({ unit: Text.max(100), total: z.int().min(1).nullable() }),
  checks: z.array(StandardCheckText).min(1).max(500),
  /** What no machine can attest: these are for people, always. */
  neverAttestable: z.array(Text).min(1).max(100),
});
export type StandardPack = z.output<typeof StandardPack>;

/** A standard's data as it is written: what has a default may be left out. */
export type StandardPackInput = z.input<typeof StandardPack>;
