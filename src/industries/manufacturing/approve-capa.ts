import { defineAgent, inlineText, markdownTable } from '../../workflow/index.ts';
import { personDecides } from '../person-decides.ts';
import {
  Capa,
  CapaDecision,
  CapaPlan,
  CapaReport,
  Containment,
  Deviation,
  Sampling,
} from './facts.ts';

/** Lets the quality manager decide about the plan. */
export const capaApprovalAgent = personDecides({
  id: 'capa-approval',
  input: Deviation,
  reads: { capa: Capa, sampling: Sampling },
  subject: CapaPlan,
  action: 'approve-capa',
  shown: ({ input, artifacts: { capa, sampling } }) => {
    const { plan } = capa;
    const rows = plan.actions.map(({ kind, text, owner, due }) => [
      kind,
      inlineText(text),
      inlineText(owner),
      due,
    ]);
    return {
      subject: plan,
      description: [
        `# CAPA ${inlineText(input.reference)} (${input.severity})`,
        ...Object.values(plan.texts).map((text) => inlineText(text)),
        `**Lot ${inlineText(input.lot.id)}: ${plan.lotAction}.** Plan: ${sampling.plan.size} units, at most ${sampling.plan.accept} nonconforming.`,
        markdownTable(['kind', 'action', 'owner', 'due'], rows),
      ].join('\n\n'),
    };
  },
});

/** Writes what was approved down for the file. */
export const capaReportAgent = defineAgent({
  id: 'capa-report',
  input: Deviation,
  artifact: CapaReport,
  reads: { containment: Containment, sampling: Sampling, approval: CapaDecision },
  simulated: ({ input, artifacts: { containment, sampling, approval } }): CapaReport => {
    const plan = approval.subject;
    return {
      reference: input.reference,
      severity: input.severity,
      lotAction: plan.lotAction,
      actions: plan.actions.length,
      latestDue: Math.max(...plan.actions.map(({ dueDays }) => dueDays)),
      unowned: plan.actions.filter(({ owner }) => owner.trim() === '').length,
      approvedBy: approval.by.id,
      approvedAt: approval.at,
      plan,
      sampling,
      containment,
    };
  },
});
