// Checks the floors, doors, siblings and vendors of floors.mjs against the imports in the source.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { cruise } from 'dependency-cruiser';

// From the folder it is run in, so that a copy of the tree is judged by the copy's own rules.
const { default: configuration, ROOT_STAYS_LIGHT } = await import(
  pathToFileURL(`${process.cwd()}/.dependency-cruiser.mjs`).href
);
const folders = ['src', 'agents', 'graphs', 'examples'].filter((folder) => existsSync(folder));
const { forbidden, options } = configuration;
const asWritten = await check(folders, forbidden, options);
const asLoaded = await check(['src/index.ts'], [ROOT_STAYS_LIGHT], {
  ...options,
  tsPreCompilationDeps: false,
  // What is imported on demand is not loaded yet.
  exclude: { ...options.exclude, dynamic: true },
});

const violations = [...asWritten.violations, ...asLoaded.violations];
for (const { rule, from, to, via, cycle } of violations) {
  const road = (via ?? cycle ?? []).map(({ name }) => name);
  console.error(
    `${rule.name}: ${from} -> ${to}${road.length > 1 ? ` (${road.join(' -> ')})` : ''}`,
  );
}
console.log(`Architecture: ${asWritten.totalCruised} modules, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;

async function check(paths, rules, settings) {
  const ruleSet = { forbidden: rules };
  const result = await cruise(paths, { ...settings, ruleSet, validate: true });
  return result.output.summary;
}
