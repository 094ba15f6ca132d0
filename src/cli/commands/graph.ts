import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import {
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../command-context.ts';
import { UnwritableFileError, UsageError } from '../errors.ts';

const FORMATS = ['mermaid', 'svg', 'png'] as const;

interface GraphOptions extends SharedOptions {
  readonly format: string;
  readonly out?: string;
}

/** `phasegate graph WORKFLOW`: a drawing of a workflow, made offline. */
export const graphCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('graph')
      .summary('draw a workflow')
      .description(
        'Draws the phases of a workflow, the gates between them with their checks, the ways back and the way to "blocked". ' +
          'Nothing is fetched.',
      )
      .argument('<workflow>', 'id of a workflow')
      .option('--format <format>', FORMATS.join(', '), 'mermaid')
      .option('--out <file>', 'write the drawing to a file (default: standard output)');
    withSharedOptions(command).action((workflow: string, options: GraphOptions) =>
      graph(workflow, options, context),
    );
  },
};

async function graph(
  id: string,
  options: GraphOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { out, json } = options;
  const format = FORMATS.find((known) => known === options.format);
  if (format === undefined) {
    throw new UsageError(`There is no format "${options.format}".`, `Use ${FORMATS.join(', ')}.`);
  }
  if (format === 'png' && out === undefined && (terminal.live || json === true)) {
    throw new UsageError(
      'A picture cannot be shown here.',
      'Name a file with --out, such as --out workflow.png.',
    );
  }
  const { describeGraph, describeWorkflow } = await import('../../app/index.ts');
  const { drawGraph } = await import('../../drawing/index.ts');
  const drawing = await drawGraph(describeGraph(describeWorkflow(id)), format);
  if (out !== undefined) {
    const file = resolve(out);
    await save(file, drawing);
    terminal.out(
      json === true ? JSON.stringify({ workflow: id, format, file }) : `Drawn to ${file}`,
    );
  } else if (json === true) terminal.out(JSON.stringify({ workflow: id, format, drawing }));
  else terminal.write(drawing);
}

async function save(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    throw new UnwritableFileError(file, error);
  }
}
