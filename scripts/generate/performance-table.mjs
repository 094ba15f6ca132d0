import { readFileSync } from 'node:fs';

const FILE = 'docs/performance.md';
const RESULTS = 'bench/results/latest.md';
const BEGIN = '<!-- results: written by npm run generate from bench/results/latest.md -->';
const END = '<!-- /results -->';

/** docs/performance.md with the latest results between its markers; why goals are missed, the page says at length. */
export function performanceTable() {
  const text = readFileSync(FILE, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin)
    throw new Error(`${FILE}: expected the markers ${BEGIN} and ${END}`);
  const results = readFileSync(RESULTS, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('- '))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return [{ file: FILE, text: `${text.slice(0, begin)}${BEGIN}\n${results}\n${text.slice(end)}` }];
}
