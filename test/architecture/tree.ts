import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's folder. */
export const repository = resolve(import.meta.dirname, '../..');

/** A file of the project. */
export interface SourceFile {
  /** From the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file below the folders named, generated ones included. */
export function typescriptFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(repository, folder)))
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }));
}

/** Whether a path is a test, not a source. */
export function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path);
}
