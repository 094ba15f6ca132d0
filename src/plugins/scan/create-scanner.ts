import { digestOf } from '../../kernel/index.ts';
import type { PluginPackage, ScanReport } from '../contract/index.ts';
import { ScanRuleError } from '../errors/index.ts';
import type { SignatureCheck } from '../registry/registry-parts.ts';
import { activeSuppressions, gateOf, judge, suppress, type Found } from './judge.ts';
import { readSubject } from './read-subject.ts';
import { ALL_RULES, dependenciesOf } from './rules/index.ts';
import { SEVERITY_WEIGHT, type RuleHit, type ScanRule, type ScanSubject } from './scan-rule.ts';
import { DEFAULT_SCAN, type ScanSettings, type Suppression } from './scan-settings.ts';

/** Scans plugins; nothing of them is evaluated. */
export interface Scanner {
  (plugin: PluginPackage, signature: SignatureCheck): Promise<ScanReport>;
  /**
   * Gives the digest of the rules, thresholds, suppressions that have not ended, and advisories. A report with another one
   * is out of date.
   */
  rulesDigest(): string;
}

/** Raised whenever what a rule finds changes. */
const RULES_VERSION = 1;

/**
 * Makes a scanner. Its first pass looks at every plugin: manifest, digest, signature, package.json, secrets, and one walk
 * over the syntax tree of each file of code. Its second pass looks longer, at code without a trusted signature.
 *
 * @throws {@link ScanRuleError} for a rule of one's own that cannot be told from another.
 */
export function createScanner(given: Partial<ScanSettings> = {}): Scanner {
  const settings: ScanSettings = { ...DEFAULT_SCAN, ...given };
  const rules = [...ALL_RULES, ...settings.extraRules];
  demandDistinct(rules);
  const rulesToday = digestsOfRules(settings, rules);
  const scan = async (plugin: PluginPackage, signature: SignatureCheck): Promise<ScanReport> => {
    const subject = await readSubject(plugin, signature, settings);
    const passes = passesFor(subject, settings);
    const { id, version } = plugin.manifest;
    const scannedAt = settings.clock.now();
    const active = activeSuppressions(settings.suppressions, scannedAt);
    const found: Found[] = [];
    const endsAtMs = settings.clock.monotonicMs() + settings.budget.maxMs;
    for (const rule of rules) {
      if (!passes.includes(rule.pass)) continue;
      if (settings.clock.monotonicMs() > endsAtMs)
        throw new ScanRuleError(rule.id, 'the time for the scan was over before it');
      for (const finding of await findingsOf(rule, subject))
        found.push(suppress({ rule, finding }, id, active));
    }
    const kept = withoutDoubles(found);
    return {
      id,
      version,
      digest: plugin.digest,
      ...judge(kept, settings),
      findings: shown(kept, settings.budget.maxFindings),
      passes,
      rules: rulesToday(active),
      advisories: advisoriesOf(subject, kept),
      scannedAt,
    };
  };
  return Object.assign(scan, {
    rulesDigest: () => rulesToday(activeSuppressions(settings.suppressions, settings.clock.now())),
  });
}

function passesFor(
  { signature, isModule }: ScanSubject,
  { secondPass }: ScanSettings,
): ScanReport['passes'] {
  const isTrusted = isModule || signature.status === 'trusted';
  const isWanted = secondPass === 'always' || (secondPass === 'untrusted' && !isTrusted);
  return isWanted ? [1, 2] : [1];
}

async function findingsOf(
  rule: ScanRule,
  subject: ScanSubject,
): Promise<readonly Found['finding'][]> {
  try {
    return [...(await rule.find(subject))].map((hit) => findingOf(rule, hit));
  } catch (error) {
    // What a rule that fails would have found is not known, and nothing is admitted on that.
    throw new ScanRuleError(rule.id, 'it failed', error);
  }
}

function findingOf(rule: ScanRule, hit: RuleHit): Found['finding'] {
  const { severity = rule.severity, confidence = rule.confidence, message = rule.message } = hit;
  if (!(confidence >= 0 && confidence <= 1) || !Object.hasOwn(SEVERITY_WEIGHT, severity))
    throw new RangeError('severity or confidence is none');
  const line = Number.isSafeInteger(hit.line) && hit.line > 0 ? hit.line : 1;
  return { rule: rule.id, severity, confidence, message, file: hit.file, line };
}

/** Several hits of a rule on one line are one finding. */
function withoutDoubles(found: readonly Found[]): readonly Found[] {
  const kept = new Map<string, Found>();
  for (const each of found) {
    const { rule, file, line, message } = each.finding;
    const key = JSON.stringify([rule, file, line, message]);
    const before = kept.get(key);
    if (before === undefined || weightOf(each) > weightOf(before)) kept.set(key, each);
  }
  return [...kept.values()];
}

function weightOf({ finding }: Found): number {
  return SEVERITY_WEIGHT[finding.severity] * finding.confidence;
}

/** Those that count most first; more than can be shown are counted all the same. */
function shown(found: readonly Found[], max: number): ScanReport['findings'] {
  const rank = (each: Found): number =>
    (gateOf(each.rule, each.finding).length > 0 ? 2 : 0) + weightOf(each);
  return found
    .toSorted((one, other) => rank(other) - rank(one))
    .slice(0, max)
    .map(({ finding }) => finding);
}

function advisoriesOf(subject: ScanSubject, found: readonly Found[]): ScanReport['advisories'] {
  if (found.some(({ rule }) => rule.id === 'package.known-weakness')) return 'found';
  // What is bundled is not told from other code, so only of what is named can it be said that nothing is known.
  const isKnown = subject.advisories !== undefined && dependenciesOf(subject).length > 0;
  return isKnown ? 'none-known' : 'unknown';
}

/** Of the rules only the suppressions change by themselves, as they end. */
function digestsOfRules(
  settings: ScanSettings,
  rules: readonly ScanRule[],
): (active: readonly Suppression[]) => string {
  let last: { readonly count: number; readonly digest: string } | undefined;
  return (active) => {
    // They end in an order of their own, so as many as before are the same ones.
    if (last?.count !== active.length)
      last = { count: active.length, digest: rulesDigest(settings, rules, active) };
    return last.digest;
  };
}

function rulesDigest(
  settings: ScanSettings,
  rules: readonly ScanRule[],
  active: readonly Suppression[],
): string {
  const { thresholds, blocked, secondPass, advisories, budget } = settings;
  return digestOf({
    version: RULES_VERSION,
    rules: rules.map(({ id, revision = '', part, severity, confidence, gate = '', pass }) => [
      id,
      revision,
      part,
      severity,
      gate,
      confidence,
      pass,
    ]),
    thresholds,
    suppressions: active,
    blocked,
    secondPass,
    budget,
    advisories: advisories?.fetchedAt ?? '',
  });
}

function demandDistinct(rules: readonly ScanRule[]): void {
  const seen = new Set<string>();
  for (const { id, confidence, severity } of rules) {
    if (seen.has(id)) throw new ScanRuleError(id, 'there is another one of this id');
    if (!(confidence >= 0 && confidence <= 1) || !Object.hasOwn(SEVERITY_WEIGHT, severity))
      throw new ScanRuleError(id, 'its severity or confidence is none');
    seen.add(id);
  }
}
