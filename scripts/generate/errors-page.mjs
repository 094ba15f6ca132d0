import { readFileSync } from 'node:fs';

import { findErrors } from './find-errors.mjs';

const INTRODUCTION = `# Errors

Written by \`npm run generate\` from the source; do not edit.

Every error is a \`PhasegateError\` with a \`code\`, a \`hint\`, \`retryable\`, \`details\` (numbers, flags and names, never the
text of a user) and often a \`cause\`. Match on \`code\`; texts may change. \`isPhasegateError\` recognises one also across two
installed copies of the package. A gate that says no is not an error but a verdict.
`;

/** docs/errors.md: every error code, what it means and what to do. */
export function errorsPage() {
  const subpaths = subpathsByFolder();
  const groups = groupByFolder(findErrors());
  const sections = [...groups].map(([folder, errors]) => {
    const from =
      subpaths.get(folder.replace(/^agents\/.*/, 'agents')) ?? 'Not exported from the package.';
    const rows = errors.map(
      (error) => `| \`${error.code}\` | \`${error.name}\` | ${error.meaning} | ${error.hint} |`,
    );
    return [
      `## ${folder}`,
      '',
      from,
      '',
      '| code | class | meaning | what to do |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return [{ file: 'docs/errors.md', text: [INTRODUCTION, ...sections].join('\n') }];
}

function groupByFolder(errors) {
  const groups = new Map();
  for (const error of errors)
    groups.set(error.folder, [...(groups.get(error.folder) ?? []), error]);
  return groups;
}

function subpathsByFolder() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  return new Map(
    Object.entries(exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([subpath, target]) => [
        target.default.replace(/^\.\/dist\//, '').replace(/\/index\.js$/, ''),
        `From \`phasegate${subpath.slice(1)}\`.`,
      ])
      .concat([['src/kernel', 'From `phasegate`.']]),
  );
}
