// Writes every generated file; with --check it writes nothing and fails when one is stale.
import { readFileSync, writeFileSync } from 'node:fs';

import { apiSurface } from './generate/api-surface.mjs';
import { cliPage } from './generate/cli-page.mjs';
import { errorsPage } from './generate/errors-page.mjs';
import { floorsDiagram } from './generate/floors-diagram.mjs';
import { manifestSchema } from './generate/manifest-schema.mjs';
import { resultTables } from './generate/result-tables.mjs';
import { registries } from './generate/registries.mjs';
import { standardsPage } from './generate/standards-page.mjs';

const checkOnly = process.argv.includes('--check');
const stale = [];
for (const generator of [
  registries,
  errorsPage,
  floorsDiagram,
  resultTables,
  cliPage,
  apiSurface,
  manifestSchema,
  standardsPage,
]) {
  for (const { file, text } of await generator()) {
    if (textOf(file) === text) continue;
    stale.push(file);
    if (!checkOnly) writeFileSync(file, text);
  }
}
for (const file of stale)
  console.log(checkOnly ? `${file} is stale: run npm run generate` : `wrote ${file}`);
if (stale.length === 0) console.log('Generated files: all up to date');
process.exitCode = checkOnly && stale.length > 0 ? 1 : 0;

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
