import type { RunReport } from '../../workflow/index.ts';
import { awaitedIn } from '../asking/awaited.ts';
import type { CommandContext } from '../command-context.ts';
import { nextCommands, type CommandLineParts } from './next-commands.ts';

/** Shows the commands that move a thread on, ready to paste. */
export function nextLines(
  report: RunReport,
  { program, terminal }: CommandContext,
  options: CommandLineParts['options'],
): readonly string[] {
  const { thread, status } = report;
  const standing = { status, awaited: awaitedIn(report) };
  const commands = nextCommands(standing, { program, thread, options });
  const longest = Math.max(...commands.map(({ does }) => does.length));
  return [
    '',
    ...commands.map(
      ({ does, command }) => `  ${terminal.paint.dim(does.padEnd(longest))}  ${command}`,
    ),
  ];
}
