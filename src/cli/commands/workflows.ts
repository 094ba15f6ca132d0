import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../command-context.ts';

/** `phasegate workflows`: what can be run. */
export const workflowsCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('workflows')
      .summary('list the workflows that can be run')
      .description('Lists the workflows that can be run, with their phases.');
    withSharedOptions(command).action((options: SharedOptions) => list(options, context));
  },
};

async function list(options: SharedOptions, { terminal }: CommandContext): Promise<void> {
  const { WORKFLOWS, describeWorkflow } = await import('../../app/index.ts');
  const workflows = WORKFLOWS.map(({ id, title, summary }) => ({
    id,
    title,
    summary,
    phases: describeWorkflow(id).phases.map((phase) => phase.id),
  }));
  if (options.json === true) {
    terminal.out(JSON.stringify({ workflows }));
    return;
  }
  const { paint } = terminal;
  for (const { id, summary, phases } of workflows) {
    terminal.out(`${paint.bold(id)}  ${summary}`);
    terminal.out(`  ${paint.dim([...phases, 'completed'].join(' → '))}`);
  }
}
