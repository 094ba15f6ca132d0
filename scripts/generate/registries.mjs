import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';

/** Folders whose members are found by their place: where the registry goes, and what each member exports. */
const REGISTRIES = [
  { file: 'agents/registry.generated.ts', folder: 'agents', suffix: 'Agent' },
  {
    file: 'src/compliance/standards/registry.generated.ts',
    folder: 'src/compliance/standards',
    suffix: 'Standard',
  },
  { file: 'src/industries/registry.generated.ts', folder: 'src/industries', suffix: 'Trade' },
  { file: 'src/plugins/kinds/registry.generated.ts', folder: 'src/plugins/kinds', suffix: 'Kind' },
];

/** One registry.generated.ts for each parent: what is one folder to add is found without naming it anywhere. */
export function registries() {
  return REGISTRIES.filter(({ folder }) => existsSync(folder)).map(({ file, folder, suffix }) => {
    const members = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(`${folder}/${entry.name}/index.ts`))
      .map((entry) => ({
        key: keyOf(entry.name),
        name: entry.name,
        exported: camelCase(entry.name) + suffix,
      }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const lines = [
      '// Written by npm run generate; add or remove a folder, not a line.',
      ...members.map(({ name, exported }) => `import { ${exported} } from './${name}/index.ts';`),
      '',
      `/** Every member of ${folder}/, by the name of its folder. */`,
      `export const ${basename(folder)} = {`,
      ...members.map(({ key, exported }) => `  ${key}: ${exported},`),
      '} as const;',
      '',
    ];
    return { file, text: lines.join('\n') };
  });
}

function keyOf(name) {
  return name.includes('-') ? `'${name}'` : name;
}

function camelCase(name) {
  return name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
