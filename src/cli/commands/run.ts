import { randomInt } from 'node:crypto';
import { relative } from 'node:path';

import type { Command } from 'commander';

import type { App } from '../../app/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { RunEvent } from '../../workflow/index.ts';
import type { CliCommand, CommandContext } from '../command-context.ts';
import { demanded, withApp } from '../command-context.ts';
import { scripted } from '../asking/principals.ts';
import { UsageError } from '../errors.ts';
import { plainLine } from '../rendering/plain-text.ts';
import type { RunningOptions } from '../session/running-options.ts';
import { commandLine } from '../session/next-commands.ts';
import { withRunningOptions } from '../session/running-options.ts';
import { objectOrFile } from './plugins/json-option.ts';
import { newThreadName } from '../session/thread-names.ts';

interface RunOptions extends RunningOptions {
  readonly input?: string;
  readonly thread?: string;
  readonly parameters?: string;
}

/** `phasegate run WORKFLOW`: begins a run, or goes on with the one on the thread. */
export const runCommand: CliCommand = {
  register: (program, context) => {
    const command: Command = program
      .command('run')
      .summary('run a workflow, or go on with a run')
      .description(
        'Runs a workflow on a thread. The same command with the same --thread goes on where a stopped run was; on a ' +
          'completed run it reports again. At a terminal it asks the person; elsewhere it stops where a person is needed.',
      )
      .argument(
        '<workflow>',
        'id of a workflow, as "phasegate workflows" lists them, or of a template, as "phasegate plugins templates" does',
      )
      .option('--input <file>', 'what the workflow reads: UTF-8 text, at most 1 MiB (required)')
      .option(
        '--parameters <json>',
        'what a template makes its workflow of: JSON, or the path of a file that holds it',
      )
      .option('--thread <id>', 'name of the run, to go on with it later (default: a new one)')
      .option(
        '--approve-as <name>',
        'let a script approve whatever is to be decided, under this name; it is recorded as a script, and it answers no question',
      );
    withRunningOptions(command).action((workflow: string, options: RunOptions) =>
      run(workflow, options, context),
    );
  },
};

async function run(workflow: string, options: RunOptions, context: CommandContext): Promise<void> {
  const input = demanded('--input', options.input);
  // Before anything runs: the first decision may be far away.
  if (options.approveAs !== undefined) scripted('--approve-as', options.approveAs);
  const { isTemplateId, readInputFile, startThread, workflowNamed } =
    await import('../../app/index.ts');
  const { conductRun } = await import('../session/conduct-run.ts');
  const parameters = await parametersOf(options, isTemplateId(workflow));
  // One that is not known may be what runs on the thread already.
  if (options.thread === undefined && !isTemplateId(workflow)) workflowNamed(workflow);
  const text = await readInputFile(input);
  const thread = options.thread ?? newThreadName((limit) => randomInt(limit));
  await withApp(options, async (app) => {
    const goOn = commandLine({ program: context.program, options }, [
      'run',
      workflow,
      ...(options.parameters === undefined ? [] : ['--parameters', options.parameters]),
      '--input',
      input,
      '--thread',
      thread,
      ...(options.out === undefined ? [] : ['--out', options.out]),
      ...(options.approveAs === undefined ? [] : ['--approve-as', options.approveAs]),
    ]);
    context.stopsWith(`The run is kept. Go on with: ${goOn}`);
    await conductRun({
      app,
      context,
      options,
      begin: async (caller) => {
        // Said once the run was let in: what is refused begins nothing.
        let announced = false;
        const say = (): void => {
          if (!announced && options.json !== true)
            announce({ workflow, thread, input, options, app }, context);
          announced = true;
        };
        const onEvent = (event: RunEvent): void => {
          say();
          caller.onEvent?.(event);
        };
        const onOtherInput = (): void => {
          if (options.json === true) return;
          context.terminal.err(
            `Thread ${plainLine(thread)} has ended a run from other input: a new run begins on it, and its files take the place of the old ones.`,
          );
        };
        const report = await startThread(
          app,
          { workflow, thread, text, parameters },
          { ...caller, onEvent, onOtherInput },
        );
        say();
        return report;
      },
    });
  });
}

async function parametersOf(
  { parameters }: RunOptions,
  isTemplate: boolean,
): Promise<Readonly<Record<string, JsonValue>> | undefined> {
  if (parameters === undefined) return undefined;
  if (isTemplate) return await objectOrFile('--parameters', parameters);
  throw new UsageError(
    '--parameters is for templates, and the workflow named is none.',
    'Those of workflows that come with Phasegate stand in the configuration, under [parameters].',
  );
}

interface Announced {
  readonly workflow: string;
  readonly thread: string;
  readonly input: string;
  readonly options: RunOptions;
  readonly app: App;
}

function shortOf(relativePath: string, path: string): string {
  return relativePath === '' || relativePath.startsWith('..') ? path : relativePath;
}

/** Says what is run, where its state is, and under which name to find it again. */
function announce(
  { workflow, thread, input, options, app }: Announced,
  { terminal }: CommandContext,
): void {
  const { paint } = terminal;
  const { kind, place } = app.storage;
  const folder = relative(process.cwd(), place);
  const facts = [
    ['thread', thread],
    ['input', input],
    [
      'agents',
      options.model === undefined || options.model === 'simulated'
        ? 'simulated'
        : `model ${options.model}`,
    ],
    ['state', kind === 'redis' ? `Redis at ${place}` : shortOf(folder, place)],
  ].map(([name = '', value = '']) => [name, plainLine(value)] as const);
  const say = terminal.out;
  if (!terminal.live) {
    say(`run ${workflow}: ${facts.map(([name, value]) => `${name} ${value}`).join(', ')}`);
    return;
  }
  say(`\n${paint.bold(workflow)}`);
  for (const [name, value] of facts) say(`  ${paint.dim(name.padEnd(6))}  ${value}`);
  say('');
}
