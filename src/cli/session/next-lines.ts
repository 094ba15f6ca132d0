import type { ThreadView } from '../../app/index.ts';
import { awaitedIn } from '../asking/awaited.ts';
import type { CommandContext } from '../command-context.ts';
import { nextCommands, type CommandLineParts } from './next-commands.ts';

/** Shows the commands that move a thread on, ready to paste. */
export function nextLines(
  { report, status, checkpoint }: Pick<ThreadView, 'report' | 'status' | 'checkpoint'>,
  { program, terminal }: CommandContext,
  options: CommandLineParts['options'],
): readonly string[] {
  const { thread } = report;
  const standing = { status, awaited: awaitedIn(report), checkpoint: checkpoint ?? undefined };
  const commands = nextCommands(standing, { program, thread, options });
  const longest = Math.max(...commands.map(({ does }) => does.length));
  return [
    '',
    ...commands.map(
      ({ does, command }) => `  ${terminal.paint.dim(does.padEnd(longest))}  ${command}`,
    ),
  ];
}
