import { campaignFiles, Deliverable } from '../../../agents/generation/index.ts';
import { industries, type Trade } from '../../industries/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { WorkflowDescription } from '../../workflow/index.ts';
import { UnknownWorkflowError } from '../errors.ts';
import { campaignInHouse } from './campaign-in-house.ts';
import type { WorkflowSettings } from './workflow-settings.ts';

/** A file that a completed run hands over. `path` is relative, with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** A workflow that can be run, and how the command line feeds it and empties it. */
export interface WorkflowEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The template that it was made of; none for a workflow that comes with Phasegate. */
  readonly template?: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
  };
  readonly describe: (settings: WorkflowSettings) => WorkflowDescription<unknown, unknown>;
  /** Makes input out of the text of the file given by `--input`. */
  readonly inputFrom: (text: string) => JsonValue;
  /** Makes files out of the artifacts of a completed run. */
  readonly filesFrom: (artifacts: Readonly<Record<string, JsonValue>>) => readonly OutputFile[];
}

/** Every workflow that ships with Phasegate. */
export const WORKFLOWS: readonly WorkflowEntry[] = Object.freeze([
  {
    id: 'email-campaign',
    title: 'Email campaign',
    summary: 'From a brief (Markdown or text) to a campaign of emails that a person has confirmed.',
    describe: campaignInHouse,
    inputFrom: (text: string) => ({ brief: text }),
    filesFrom: (artifacts: Readonly<Record<string, JsonValue>>) =>
      campaignFiles(Deliverable.parse(artifacts['generation'])),
  },
  ...Object.values(industries).map(entryOf),
]);

function entryOf(trade: Trade): WorkflowEntry {
  const { title } = trade.document.workflow;
  return {
    id: trade.workflow,
    title,
    summary: `${trade.title}: ${trade.summary}`,
    describe: (settings: WorkflowSettings) => {
      const { approvalValidForMs, phaseTimeoutMs, standards, parameters = {} } = settings;
      // A workflow that is misspelled must not leave its limits as they were in silence.
      for (const id of Object.keys(parameters)) workflowNamed(id);
      const shared = {
        approval_valid_for_ms: approvalValidForMs,
        phase_timeout_ms: phaseTimeoutMs,
      };
      return trade.describe({ ...shared, ...parameters[trade.workflow] }, standards);
    },
    inputFrom: trade.inputFrom,
    filesFrom: trade.filesFrom,
  };
}

/** @throws {@link UnknownWorkflowError} if no workflow has that id. */
export function workflowNamed(id: string): WorkflowEntry {
  const entry = WORKFLOWS.find((workflow) => workflow.id === id);
  if (entry === undefined)
    throw new UnknownWorkflowError(
      id,
      WORKFLOWS.map((workflow) => workflow.id),
    );
  return entry;
}

/** What a workflow is described with where nothing is run: its phases and gates do not depend on it. */
const FOR_LOOKING: WorkflowSettings = Object.freeze({
  approvalValidForMs: 86_400_000,
  phaseTimeoutMs: 0,
});

/** Describes a workflow to look at. @throws {@link UnknownWorkflowError} if no workflow has that id. */
export function describeWorkflow(id: string): WorkflowDescription<unknown, unknown> {
  return workflowNamed(id).describe(FOR_LOOKING);
}
