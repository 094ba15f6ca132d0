import { z } from 'zod';

/** One thing that a scan found. Texts are ours; of the plugin's code only the place is named. */
export const ScanFinding = z
  .strictObject({
    /** The rule's id: `undeclared.net`, `secret.aws-key`, `threat.eval`. */
    rule: z.string(),
    severity: z.enum(['info', 'low', 'medium', 'high', 'critical']),
    /** How sure the rule is, 0 to 1. */
    confidence: z.number().min(0).max(1),
    message: z.string(),
    file: z.string(),
    /** Counted from 1. */
    line: z.int().positive(),
    /** Set when the operator suppressed it: it is shown, and does not count. */
    suppressed: z.strictObject({ reason: z.string(), until: z.string() }).optional(),
  })
  .readonly();
export type ScanFinding = z.infer<typeof ScanFinding>;

/** The parts of a risk score; each is at most what is written beside it. */
export const RiskParts = z
  .strictObject({
    /** 25: how much the plugin asks for. */
    permissions: z.number(),
    /** 30: what its code does that is dangerous. */
    threats: z.number(),
    /** 20: what its code uses and did not ask for. */
    undeclared: z.number(),
    /** 15: what it depends on. */
    dependencies: z.number(),
    /** 10: how little is known of where it comes from. */
    provenance: z.number(),
  })
  .readonly();
export type RiskParts = z.infer<typeof RiskParts>;

/** What a scan says of one plugin, in one state of its files, under one set of rules. */
export const ScanReport = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    digest: z.string(),
    decision: z.enum(['accept', 'approve', 'reject']),
    /** 0 to 100, the sum of its parts. */
    risk: z.number().min(0).max(100),
    parts: RiskParts,
    /** Why the score does not matter: a hard gate, such as `digest-mismatch`. */
    gates: z.array(z.string()).readonly(),
    findings: z.array(ScanFinding).readonly(),
    /** Which passes ran: 1 always, 2 before code that is not trusted is activated. */
    passes: z.array(z.union([z.literal(1), z.literal(2)])).readonly(),
    /** Digest of the rules and thresholds; another one asks for another scan. */
    rules: z.string(),
    /** `unknown` without fresh advisories, never `clean`. */
    advisories: z.enum(['unknown', 'none-known', 'found']),
    scannedAt: z.string(),
  })
  .readonly();
export type ScanReport = z.infer<typeof ScanReport>;
