import { isPhasegateError } from '../../kernel/index.ts';
import type { PluginPackage, ScanReport } from '../contract/index.ts';
import { demandVersion, keepReport, rescanPlugin } from '../registry/admission.ts';
import type { Caller, PluginVersion, SignatureCheck } from '../registry/registry-parts.ts';
import { isCallable, type PluginState } from '../registry/states.ts';
import { packageOf, renewSigned, takeStep } from '../registry/version-records.ts';
import type { LifecycleParts } from './activation.ts';

/** What came of looking at a version again. */
export interface Rescan {
  readonly version: PluginVersion;
  /** `kept`: it stands where it stood; `decided`: the scan has moved it. */
  readonly outcome: 'kept' | 'decided';
}

/** A version that is to be looked at again. */
export interface RescanOrder {
  readonly caller: Caller;
  /** Its code, for one that the host imports itself. */
  readonly module?: PluginPackage | undefined;
}

/** Where a version may be taken out of use, and where it is decided about as if it had been added now. */
const STANDING: readonly PluginState[] = ['active', 'degraded', 'registered', 'stopped', 'crashed'];
const UNDECIDED: readonly PluginState[] = ['discovered', 'rejected', 'pending-approval'];

/**
 * Scans a version by the rules of today and decides anew. One that is in use goes on if the scan still accepts it, or asks for the
 * approval that it has for no more risk; otherwise it answers no further call and waits, or is quarantined.
 *
 * @returns undefined for one that no scan decides about: removed, in the middle of a step, or quarantined for what it did.
 * @throws PLUGINS_UNKNOWN; PLUGINS_BROKEN_PACKAGE.
 */
export async function rescanVersion(
  parts: LifecycleParts,
  digest: string,
  { caller, module }: RescanOrder,
): Promise<Rescan | undefined> {
  const version = await demandVersion(parts.database.reader, digest);
  if (UNDECIDED.includes(version.state))
    return { version: await rescanPlugin(parts, digest, caller), outcome: 'decided' };
  if (!STANDING.includes(version.state)) return undefined;
  const plugin = module ?? (await packageOf(parts.database.reader, version));
  const signature = await signatureOf(parts, plugin);
  const report = await scanned(parts, plugin, signature);
  if (typeof report === 'string')
    return await takenOut(parts, version, { caller, reason: report, signature });
  if (stands(version, report)) {
    await parts.database.exclusively(async (queries) => {
      await renewSigned(queries, digest, signature);
      await keepReport(parts, queries, report);
      await parts.events.record({
        key: `plugins/${parts.ids.next()}`,
        kind: 'plugin-step',
        caller,
        plugin: version.id,
        digest,
        outcome: 'success',
        facts: { from: version.state, to: version.state, scanned: report.decision },
      });
    });
    return { version: await demandVersion(parts.database.reader, digest), outcome: 'kept' };
  }
  const reason = `the rules of today say "${report.decision}"`;
  const order = { caller, reason, report, signature };
  return await takenOut(parts, version, order);
}

/** Whether the signature of a version is trusted today; its record says whether it was. @throws PLUGINS_BROKEN_PACKAGE. */
export async function isSignedNow(
  parts: LifecycleParts,
  version: PluginVersion,
  module?: PluginPackage,
): Promise<boolean> {
  const plugin = module ?? (await packageOf(parts.database.reader, version));
  return (await signatureOf(parts, plugin)).status === 'trusted';
}

/** A signature that cannot be looked at is none that anybody may rely on. */
async function signatureOf(parts: LifecycleParts, plugin: PluginPackage): Promise<SignatureCheck> {
  try {
    return await parts.checkSignature(plugin);
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return { status: 'invalid' };
  }
}

/** What a person has let in goes on for as long as it asks for no more than they saw. */
function stands({ scan, grant }: PluginVersion, report: ScanReport): boolean {
  if (report.decision === 'accept') return true;
  if (report.decision === 'reject' || grant === undefined || scan === undefined) return false;
  return scan.decision === 'approve' && report.risk <= scan.risk;
}

async function scanned(
  parts: LifecycleParts,
  plugin: PluginPackage,
  signature: SignatureCheck,
): Promise<ScanReport | string> {
  try {
    return await parts.scan(plugin, signature);
  } catch (error) {
    // What cannot be scanned any more is kept apart.
    return `the scan failed (${isPhasegateError(error) ? error.code : 'unknown'})`;
  }
}

interface TakenOut {
  readonly caller: Caller;
  readonly reason: string;
  /** Undefined where the scan failed. */
  readonly report?: ScanReport;
  readonly signature: SignatureCheck;
}

async function takenOut(
  parts: LifecycleParts,
  { id, digest, state }: PluginVersion,
  { caller, reason, report, signature }: TakenOut,
): Promise<Rescan> {
  const waits = report?.decision === 'approve';
  const way: readonly PluginState[] =
    isCallable(state) || state === 'crashed'
      ? ['quarantined', ...(waits ? (['pending-approval'] as const) : [])]
      : [
          'verifying',
          waits ? 'pending-approval' : report === undefined ? 'quarantined' : 'rejected',
        ];
  await parts.database.exclusively(async (queries) => {
    await renewSigned(queries, digest, signature);
    if (report !== undefined) await keepReport(parts, queries, report);
    for (const to of way)
      // oxlint-disable-next-line no-await-in-loop
      await takeStep(parts, queries, { digest, to, caller, reason });
  });
  // No call begins any more; those that run end by themselves.
  await parts.loaded.unload(id, digest);
  return { version: await demandVersion(parts.database.reader, digest), outcome: 'decided' };
}
