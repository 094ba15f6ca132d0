import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { editorCommand } from '../../config/index.ts';
import { EditorFailedError } from '../errors.ts';

/**
 * Lets a person edit text in their own editor (VISUAL, EDITOR, or the system's), in a folder that only they can read.
 *
 * @param name - Name of the file, whose ending tells the editor the language.
 * @returns The text as it was when the editor ended.
 * @throws {@link EditorFailedError} if the editor cannot be run or ends with an error.
 */
export async function editInEditor(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'phasegate-'));
  try {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    await runEditor(editorCommand(), file);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runEditor(editor: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // An editor is often a command with options (`code --wait`), so a shell reads it, as git does.
    const child = spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    child.once('error', (error) => reject(new EditorFailedError(editor, error)));
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new EditorFailedError(editor))));
  });
}
