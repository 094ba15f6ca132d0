import type { CliCommand } from '../command-context.ts';
import { auditCommand } from './audit/audit.ts';
import { complianceCommand } from './compliance/compliance.ts';
import { approveCommand } from './decisions/approve.ts';
import { editCommand } from './decisions/edit.ts';
import { rejectCommand } from './decisions/reject.ts';
import { respondCommand } from './decisions/respond.ts';
import { doctorCommand } from './doctor.ts';
import { graphCommand } from './graph.ts';
import { mcpCommand } from './mcp/mcp.ts';
import { pluginsCommand } from './plugins/plugins.ts';
import { policyCommand } from './policy/policy.ts';
import { privacyCommand } from './privacy/privacy.ts';
import { runCommand } from './run.ts';
import { forkCommand } from './threads/fork.ts';
import { historyCommand } from './threads/history.ts';
import { replayCommand } from './threads/replay.ts';
import { showCommand } from './threads/show.ts';
import { threadsCommand } from './threads/threads.ts';
import { workflowsCommand } from './workflows.ts';

/** Commands under the heading that the help shows them under, in its order. */
export const COMMANDS: readonly {
  readonly heading: string;
  readonly commands: readonly CliCommand[];
}[] = [
  { heading: 'Run:', commands: [runCommand] },
  { heading: 'Decide:', commands: [approveCommand, rejectCommand, editCommand, respondCommand] },
  { heading: 'Rule:', commands: [policyCommand] },
  { heading: 'Look:', commands: [threadsCommand, showCommand, historyCommand] },
  { heading: 'Prove:', commands: [auditCommand, complianceCommand, privacyCommand] },
  { heading: 'Extend:', commands: [pluginsCommand, mcpCommand] },
  { heading: 'Go back:', commands: [replayCommand, forkCommand] },
  { heading: 'Learn:', commands: [workflowsCommand, graphCommand, doctorCommand] },
];
