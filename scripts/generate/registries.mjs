import { existsSync, readdirSync } from 'node:fs';

/** Folders whose members are found by their place: the registry file, the members' folder, and what a member exports. */
const REGISTRIES = [];

/** One registry.generated.ts for each parent: what is one folder to add is found without naming it anywhere. */
export function registries() {
  return REGISTRIES.filter(({ folder }) => existsSync(folder)).map(
    ({ file, folder, from, name }) => {
      const members = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(`${folder}/${entry.name}/index.ts`))
        .map((entry) => entry.name)
        .toSorted();
      const lines = [
        '// Written by npm run generate; add or remove a folder, not a line.',
        ...members.map(
          (member) => `import { ${camelCase(member)} } from '${from}/${member}/index.ts';`,
        ),
        '',
        `/** Every member of ${folder}, by folder name. */`,
        `export const ${name} = {`,
        ...members.map(
          (member) => `  ${member.includes('-') ? `'${member}': ${camelCase(member)}` : member},`,
        ),
        '} as const;',
        '',
      ];
      return { file, text: lines.join('\n') };
    },
  );
}

function camelCase(name) {
  return name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
