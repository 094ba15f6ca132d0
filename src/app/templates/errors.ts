import { PhasegateError } from '../../kernel/index.ts';

/** A plan names agents or checks that cannot be run together with what comes with Phasegate. */
export class UnknownAgentError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_AGENT';
  constructor(template: string, problem: string, known: readonly string[]) {
    super(`The workflow of the template ${template} cannot be run: ${problem}.`, {
      hint:
        `Name in the template only what one catalogue has, such as ${known.join(', ')}; or run its plan from code, by ` +
        'workflowFrom of phasegate/workflow, with a catalogue of your own.',
      details: { template },
    });
  }
}

/** What a template makes is no workflow: a name, a setting or a gate in it means nothing. */
export class UnusableTemplateError extends PhasegateError {
  readonly code = 'APP_UNUSABLE_TEMPLATE';
  constructor(template: string, cause: PhasegateError) {
    super(`The workflow of the template ${template} cannot be run. ${cause.message}`, {
      hint: 'Mend the template at the place named; "phasegate plugins templates ID --parameters JSON" shows what it makes.',
      details: { template, reason: cause.code },
      cause,
    });
  }
}

/** A template gives its workflow the name of one that comes with Phasegate. */
export class WorkflowNameTakenError extends PhasegateError {
  readonly code = 'APP_WORKFLOW_NAME_TAKEN';
  constructor(template: string, workflow: string) {
    super(
      `The template ${template} makes a workflow of the name "${workflow}", which comes with Phasegate.`,
      {
        hint: 'Give parameters that make another name, or another name to the workflow in the template.',
        details: { template, workflow },
      },
    );
  }
}

/** The plugin that was named is no template. */
export class NoTemplateError extends PhasegateError {
  readonly code = 'APP_NO_TEMPLATE';
  constructor(plugin: string, kind: string) {
    super(`The plugin ${plugin} makes no workflow: it is a ${kind}.`, {
      hint: 'List the templates with "phasegate plugins templates".',
      details: { plugin, kind },
    });
  }
}

/** The template of a thread's workflow is not the one any more that the run was begun with. */
export class TemplateChangedError extends PhasegateError {
  readonly code = 'APP_TEMPLATE_CHANGED';
  constructor(thread: string, { id, version }: { id: string; version: string }, now: string) {
    super(`Thread "${thread}" was begun with the template ${id}@${version}, and ${now}.`, {
      hint:
        `To go on with the run, "phasegate plugins enable ${id}@${version}", and what it extends as it was then; or begin a run ` +
        'with the new one, under another --thread.',
      details: { thread, template: id, version },
    });
  }
}

/** What the registry keeps of a thread's workflow is not there, or was changed there. */
export class KeptWorkflowError extends PhasegateError {
  readonly code = 'APP_KEPT_WORKFLOW';
  constructor(thread: string, workflow: string, problem: string) {
    super(
      `Thread "${thread}" runs "${workflow}", which does not come with Phasegate, and ${problem}.`,
      {
        hint:
          'Use the registry of plugins and the key that the run was begun with (--data-dir, DATABASE_URL, PHASEGATE_SEAL_KEY), ' +
          'or begin the run anew under another --thread.',
        details: { thread, workflow },
      },
    );
  }
}
