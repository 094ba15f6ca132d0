import { defineAgent, inlineText, markdownTable } from '../../workflow/index.ts';
import { personDecides } from '../person-decides.ts';
import {
  Analysis,
  Change,
  ChangeRecord,
  Deployment,
  DeploymentDecision,
  Plan,
  type Analysis as Analysed,
  type Deployment as Planned,
} from './facts.ts';

const MOST_FILES = 40;
const reads = { analysis: Analysis, plan: Plan };

/** Lets a person decide about the deployment. */
export const changeApprovalAgent = personDecides({
  id: 'change-approval',
  input: Change,
  reads,
  subject: Deployment,
  action: 'approve-deployment',
  shown: ({ artifacts: { analysis, plan } }) => ({
    subject: plan.deployment,
    description: described('Deployment', plan.deployment, analysis),
  }),
});

/** Lets the change board decide where the risk is high, or it is an emergency. */
export const boardAgent = personDecides({
  id: 'change-board',
  input: Change,
  reads: { ...reads, approval: DeploymentDecision },
  subject: Deployment,
  action: 'approve-as-board',
  shown: ({ artifacts: { analysis, approval } }) => ({
    subject: approval.subject,
    description: described('Change board', approval.subject, analysis),
  }),
});

function described(head: string, deployment: Planned, analysis: Analysed): string {
  const { reference, service, environment, commit, window, steps, rollback, texts } = deployment;
  const rows = analysis.files
    .slice(0, MOST_FILES)
    .map(({ path, added, removed, categories }) => [
      inlineText(path),
      `+${added} −${removed}`,
      categories.join(', '),
    ]);
  const more = analysis.files.length - rows.length;
  return [
    `# ${head}: ${inlineText(reference)}`,
    `${inlineText(service)} to **${environment}**, commit ${commit}, ${window.start} to ${window.end}.`,
    ...Object.values(texts).map((text) => inlineText(text)),
    markdownTable(['file', 'lines', 'what it is'], rows),
    ...(more > 0 ? [`and ${more} more files`] : []),
    steps.map((step, index) => `${index + 1}. ${inlineText(step)}`).join('\n'),
    `**Way back**: ${rollback.map((step) => inlineText(step)).join('; ')}`,
  ].join('\n\n');
}

/** Writes the record of what was approved. It deploys nothing. */
export const changeRecordAgent = defineAgent({
  id: 'change-record',
  input: Change,
  artifact: ChangeRecord,
  // Only what is risky or urgent comes before the board.
  reads: {
    analysis: Analysis,
    approval: DeploymentDecision,
    board: DeploymentDecision.optional(),
  },
  simulated: ({ input, artifacts: { analysis, approval, board } }): ChangeRecord => ({
    deployment: approval.subject,
    kind: input.kind,
    author: analysis.author,
    incident: input.incident?.id ?? '',
    risk: analysis.risk,
    files: analysis.files.length,
    lines: analysis.lines,
    tests: {
      passed: analysis.passed,
      skipped: analysis.skipped,
      coverage: input.tests.coverage,
    },
    approvals: Object.entries({ approval, board }).flatMap(([phase, given]) =>
      given === undefined ? [] : [{ phase, by: given.by.id, kind: given.by.kind, at: given.at }],
    ),
  }),
});
