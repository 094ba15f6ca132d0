import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { MANIFEST_FILE, type PluginKind } from '../../../plugins/index.ts';
import { UnusableFolderError } from '../errors.ts';
import { SCAFFOLDS, type KindScaffold } from './scaffold-kinds.ts';

/** A scaffold that was asked for. */
export interface ScaffoldOrder {
  readonly kind: PluginKind;
  /** The folder to make; its name becomes the second part of the id. */
  readonly directory: string;
  /** Lower-case letters, digits and hyphens. */
  readonly publisher: string;
  /** The version of Phasegate that it is written for. */
  readonly engine: string;
}

/** What was written. */
export interface Scaffold {
  readonly id: string;
  /** Absolute. */
  readonly directory: string;
  readonly operation: string;
  /** What the plugin's own test calls it with. */
  readonly example: unknown;
  readonly files: readonly string[];
}

/**
 * Writes a small plugin of a kind that works, with its own test, into a folder of its own.
 *
 * @throws {@link UnusableFolderError} when the folder is there already or cannot be written.
 */
export async function createScaffold(order: ScaffoldOrder): Promise<Scaffold> {
  const directory = resolve(order.directory);
  const id = `${order.publisher}.${nameFrom(directory)}`;
  const files = filesOf(id, order);
  try {
    await mkdir(directory, { recursive: false });
  } catch (error) {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const problem = there ? 'it is there already' : 'it cannot be made';
    throw new UnusableFolderError(directory, problem, error);
  }
  try {
    for (const [name, content] of Object.entries(files)) {
      // oxlint-disable-next-line no-await-in-loop
      await writeFile(join(directory, name), content, { flag: 'wx' });
    }
  } catch (error) {
    throw new UnusableFolderError(directory, 'a file cannot be written', error);
  }
  const { example } = SCAFFOLDS[order.kind];
  return {
    id,
    directory,
    operation: example.operation,
    example: example.input,
    files: Object.keys(files),
  };
}

function nameFrom(directory: string): string {
  const name = basename(directory)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return name === '' ? 'plugin' : name.slice(0, 60);
}

function filesOf(id: string, order: ScaffoldOrder): Readonly<Record<string, string>> {
  const scaffold = SCAFFOLDS[order.kind];
  return {
    [MANIFEST_FILE]: json(manifestOf(id, order, scaffold)),
    'index.js': entryOf(scaffold).replaceAll('{{id}}', id),
    'index.test.js': testOf(scaffold),
    'package.json': json({
      name: id.replaceAll('.', '-'),
      version: '0.1.0',
      type: 'module',
      private: true,
      keywords: ['phasegate-plugin'],
    }),
    'README.md': readmeOf(id, scaffold),
  };
}

function manifestOf(id: string, order: ScaffoldOrder, scaffold: KindScaffold): object {
  return {
    manifestVersion: 1,
    id,
    version: '0.1.0',
    kind: order.kind,
    title: scaffold.title,
    description: scaffold.description,
    publisher: order.publisher,
    license: 'UNLICENSED',
    engines: { phasegate: `>=${order.engine}` },
    entry: 'index.js',
    permissions: scaffold.permissions,
    limits: { wallMs: 10_000, cpuMs: 500, memoryMb: 32, hostCalls: 10, outputKb: 64 },
    contributes: {
      operations: Object.entries(scaffold.operations).map(([name, operation]) => ({
        name,
        description: operation.description,
        input: operation.input,
        output: operation.output,
        sideEffects: false,
        idempotent: true,
      })),
    },
  };
}

function entryOf({ head = [], operations }: KindScaffold): string {
  const functions = Object.entries(operations).flatMap(([name, { body }]) => {
    const usesHost = body.some((line) => line.includes('host.'));
    const usesInput = body.some((line) => line.includes('input'));
    const parameters = usesHost ? 'input, host' : usesInput ? 'input' : '';
    const key = /-/.test(name) ? `'${name}'` : name;
    const lines = body.map((line) => `    ${line}`);
    return [`  ${usesHost ? 'async ' : ''}${key}(${parameters}) {`, ...lines, '  },'];
  });
  return [
    ...head,
    ...(head.length === 0 ? [] : ['']),
    'const operations = {',
    ...functions,
    '};',
    '',
    'export default {',
    '  async execute(operation, input, host) {',
    '    if (!Object.hasOwn(operations, operation)) throw new Error(`There is no ${operation}.`);',
    '    return operations[operation](input, host);',
    '  },',
    '};',
    '',
  ].join('\n');
}

/** Without imports, so that the scan of the plugin finds nothing in it that a plugin may not do. */
function testOf({ example, permissions }: KindScaffold): string {
  const host =
    JSON.stringify(permissions) === '{}'
      ? '{}'
      : '{ fetch: async () => ({ status: 200, headers: {}, body: \'{"rate":2}\' }) }';
  return [
    "import plugin from './index.js';",
    '',
    '// Run with: node index.test.js',
    `const host = ${host};`,
    `const input = ${JSON.stringify(example.input)};`,
    `const expected = ${JSON.stringify(example.output)};`,
    `const output = await plugin.execute('${example.operation}', input, host);`,
    'if (JSON.stringify(output) !== JSON.stringify(expected)) {',
    '  throw new Error(`Expected ${JSON.stringify(expected)}, got ${JSON.stringify(output)}.`);',
    '}',
    `console.log('${example.operation} answers as expected.');`,
    '',
  ].join('\n');
}

function readmeOf(id: string, { title, description, example }: KindScaffold): string {
  return `# ${title}

${description}

\`\`\`sh
node index.test.js
phasegate plugins scan .
phasegate plugins add .
phasegate plugins enable ${id}
phasegate plugins run ${id} ${example.operation} --input '${JSON.stringify(example.input)}'
\`\`\`
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
