import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'docs';
const BLOCK =
  /<!-- results: written by npm run generate from (bench\/results\/[\w-]+\.md) -->[\s\S]*?<!-- \/results -->/g;

/** The pages that show what was measured last, each with the results between its markers. */
export function resultTables() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${FOLDER}/${name}`)
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return BLOCK.test(text) ? [{ file, text: text.replaceAll(BLOCK, withResults) }] : [];
    });
}

function withResults(block, results) {
  const begin = block.slice(0, block.indexOf('-->') + 3);
  return `${begin}\n${readFileSync(results, 'utf8').trim()}\n<!-- /results -->`;
}
