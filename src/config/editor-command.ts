import process from 'node:process';

import type { Environment } from './toml/expand.ts';

/** Gives the command of the person's editor: VISUAL, EDITOR, or what every system of the kind has. */
export function editorCommand(environment: Environment = process.env): string {
  const named = [environment['VISUAL'], environment['EDITOR']].find(
    (command) => command !== undefined && command.trim() !== '',
  );
  return named ?? (process.platform === 'win32' ? 'notepad' : 'vi');
}
