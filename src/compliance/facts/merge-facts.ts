import type { ComplianceFacts } from './compliance-facts.ts';

/** Parts of the facts that somebody knows: a host its endpoints and agreements, a workflow its amounts and totals. */
export type SuppliedFacts = {
  readonly [Part in Exclude<keyof ComplianceFacts, 'transition' | 'actors'>]?:
    | ComplianceFacts[Part]
    | undefined;
} & {
  readonly [Part in 'transition' | 'actors']?: Partial<ComplianceFacts[Part]> | undefined;
};

/**
 * Puts compliance facts together of parts. A later part replaces an earlier one of the same name, save for `transition` and
 * `actors`, whose members are laid over each other. Nothing is checked here: each check parses what it reads.
 *
 * @param now - The instant of the judgement, ISO-8601 UTC.
 */
export function complianceFacts(now: string, ...parts: readonly SuppliedFacts[]): ComplianceFacts {
  const merged: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) if (value !== undefined) merged[name] = value;
  }
  for (const name of ['transition', 'actors'] as const) {
    const laid = Object.assign({}, ...parts.map((part) => part[name])) as object;
    if (Object.keys(laid).length > 0) merged[name] = laid;
  }
  return { ...merged, now };
}
