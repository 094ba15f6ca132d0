import { mountedFindings, type RegistryParts } from '../../../plugins/index.ts';

/** Lets a person decide about every mounted server, however low its risk; what the scan rejects stays rejected. */
export function personDecides(scan: RegistryParts['scan']): RegistryParts['scan'] {
  return async (plugin, signature) => {
    const report = await scan(plugin, signature);
    const findings = mountedFindings(plugin);
    if (findings === undefined) return report;
    const decision = report.decision === 'reject' ? 'reject' : 'approve';
    return { ...report, decision, findings: [...report.findings, ...findings] };
  };
}
