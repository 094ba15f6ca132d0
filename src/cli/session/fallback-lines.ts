import type { RunReport } from '../../workflow/index.ts';
import type { CommandContext } from '../command-context.ts';
import { fallbackText } from '../progress/plain-progress.ts';
import { commandLine, type CommandLineParts } from './next-commands.ts';

/** Says in which phases no model worked although one was asked for, and how to have one work there after all. */
export function fallbackLines(
  { fallbacks = [], thread }: Pick<RunReport, 'fallbacks' | 'thread'>,
  { program, terminal: { paint } }: Pick<CommandContext, 'program' | 'terminal'>,
  { dataDir, config, model }: CommandLineParts['options'],
): readonly string[] {
  if (fallbacks.length === 0) return [];
  const options = {
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(config === undefined ? {} : { config }),
  };
  const replay = ['replay', thread, '--from', 'CHECKPOINT', '--model', model ?? 'NAME'];
  return [
    ...fallbacks.map(
      ({ phase, ...fell }) => `  ${paint.attention('!')} ${phase}: ${fallbackText(fell)}`,
    ),
    `    ${paint.dim('to have a model work there, go back:')} ${commandLine({ program, options }, ['history', thread])}`,
    `    ${paint.dim('and run on from a checkpoint:')} ${commandLine({ program, options }, replay)}`,
  ];
}
