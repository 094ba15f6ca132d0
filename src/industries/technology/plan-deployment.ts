import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import { writeTexts } from '../write-texts.ts';
import { Analysis, Change, ChangeTexts, Plan, type Analysis as Analysed } from './facts.ts';

type Task = AgentTask<Change, { readonly analysis: Analysed }, Plan>;

/** Plans the deployment. Steps are code's; a model writes the words, from figures and paths and not from the diff. */
export const planAgent = defineAgent({
  id: 'deployment-plan',
  input: Change,
  artifact: Plan,
  reads: { analysis: Analysis },
  simulated: (task) => planned(task, textsOf(task)),
  llm: async (task, context) =>
    planned(
      task,
      await writeTexts(
        {
          name: 'change-texts',
          schema: ChangeTexts,
          task: 'Write the summary, the impact and the verification of a change record, for whoever approves a deployment.',
          facts: changeFacts(task),
          revision: task.revision,
        },
        context,
      ),
    ),
});

/** What the texts may be written from: a diff may hold anything, and is not among it. */
export function changeFacts({ input, artifacts }: Pick<Task, 'input' | 'artifacts'>): {
  readonly change: Omit<Change, 'diff' | 'author'>;
  readonly analysis: Omit<Analysed, 'author'>;
} {
  const { diff: _diff, author: _author, ...change } = input;
  const { author: _by, ...analysis } = artifacts.analysis;
  return { change, analysis };
}

function planned({ input, artifacts: { analysis } }: Task, texts: ChangeTexts): Plan {
  const { reference, service, environment, commit, window, rollback } = input;
  const steps = stepsOf(input, analysis);
  return {
    deployment: { reference, service, environment, commit, window, steps, rollback, texts },
    steps: steps.length,
  };
}

function stepsOf({ service, environment, commit }: Change, { categories }: Analysed): string[] {
  const has = (category: string): boolean => categories.includes(category);
  return [
    `Check that ${commit} is what was tested, and that the dashboards of ${service} are quiet.`,
    ...(has('migration') ? ['Take a backup of the database, and run the migrations.'] : []),
    ...(has('infrastructure')
      ? ['Apply the change of infrastructure, and wait until it is stable.']
      : []),
    `Deploy ${commit} of ${service} to one instance in ${environment}, and compare its errors with the others.`,
    `Deploy it to the rest.`,
    'Watch errors and latency until the window ends; roll back when they rise.',
  ];
}

function textsOf(task: Task): ChangeTexts {
  const { change, analysis } = changeFacts(task);
  const { incident } = change;
  const areas = analysis.categories.length === 0 ? 'code alone' : analysis.categories.join(', ');
  return {
    summary: `${change.title}. It changes ${analysis.lines} lines in ${analysis.files.length} files of ${change.service}${incident === null ? '' : `, for incident ${incident.id}`}.`,
    impact: `Risk ${analysis.risk} (${analysis.points} points): ${areas}.${analysis.destructive > 0 ? ` Lines that destroy data: ${analysis.destructive}.` : ''}`,
    verification: `Tests: ${analysis.passed} passed, ${analysis.failed} failed, ${analysis.skipped} skipped; coverage ${change.tests.coverage} %. Way back: ${change.rollback.length} steps.`,
  };
}
