import { readFileSync } from 'node:fs';

import { FLOORS } from '../../floors.mjs';

const FILE = 'ARCHITECTURE.md';
const BEGIN = '<!-- floors: written by npm run generate from floors.mjs -->';
const END = '<!-- /floors -->';

/** ARCHITECTURE.md with the floors of the house between its markers, top floor first. */
export function floorsDiagram() {
  const text = readFileSync(FILE, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin)
    throw new Error(`${FILE}: expected the markers ${BEGIN} and ${END}`);
  const lines = FLOORS.map((floor, level) => `${level}  ${floor.join('  ')}`).toReversed();
  return [
    {
      file: FILE,
      text: `${text.slice(0, begin)}${BEGIN}\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n${text.slice(end)}`,
    },
  ];
}
