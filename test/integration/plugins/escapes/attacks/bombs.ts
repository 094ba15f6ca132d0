import type { Attack } from '../attack.ts';

// What is left for the text of an error decides which of the two it is called.
const ENDED = /^PLUGINS_(LIMIT|FAILED)$/;
const memory = (name: string, code: string): Attack => ({
  name,
  code,
  limits: { cpuMs: 1500, wallMs: 60_000, memoryMb: 16 },
  refused: ENDED,
});
const cpu = (name: string, code: string): Attack => ({
  name,
  code,
  limits: { cpuMs: 50 },
  refused: 'PLUGINS_LIMIT:cpuMs',
});

/** Memory and processor time without end. */
export const BOMBS: readonly Attack[] = [
  memory('memory: a string that doubles', 'let text = "xy"; for (;;) text = text + text.slice(1);'),
  memory(
    'memory: strings in an array',
    'const all = []; for (;;) all.push("x".repeat(1e5) + all.length);',
  ),
  memory('memory: typed arrays', 'const all = []; for (;;) all.push(new Uint8Array(1e6));'),
  memory('memory: a resizable buffer', 'const all = []; for (;;) all.push(new Float64Array(1e5));'),
  memory(
    'memory: a map',
    'const map = new Map(); for (let key = 0; ; key++) map.set(key, { key });',
  ),
  memory(
    'memory: closures',
    'let last = () => 0; for (;;) { const before = last; last = () => before; }',
  ),
  memory(
    'memory: generators',
    'const all = []; for (;;) { const next = (function* () { yield all; })(); next.next(); all.push(next); }',
  ),
  memory(
    'memory: regular expressions',
    'const all = []; for (let i = 0; ; i++) all.push(new RegExp("a{1," + (i % 100 + 1) + "}" + i + "b".repeat(1000)));',
  ),
  memory(
    'memory: symbols and properties',
    'const all = {}; for (let i = 0; ; i++) all[Symbol(i)] = i;',
  ),
  memory(
    'memory: promises',
    'const all = []; for (;;) all.push(new Promise(() => 0).then(() => all));',
  ),
  memory(
    'memory: errors with stacks',
    'const all = []; for (;;) all.push(new Error("x".repeat(1000)));',
  ),
  memory(
    'memory: functions out of text',
    'const all = []; for (let i = 0; ; i++) all.push(new Function("return " + i + ";".repeat(1000)));',
  ),
  {
    name: 'memory: out of memory caught for ever',
    code: 'const all = []; for (;;) { try { for (;;) all.push(new Uint8Array(1e6)); } catch { all.length = 0; } }',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'memory: an array of the greatest length filled',
    code: 'return new Array(4294967295).fill(0).length;',
    refused: 'PLUGINS_LIMIT',
  },
  {
    name: 'memory: an integer too large to hold',
    code: 'return (7n ** 30000000n).toString().length;',
    refused: ENDED,
  },
  cpu('time: a loop', 'for (;;);'),
  cpu(
    'time: a loop that catches everything',
    'for (;;) { try { for (;;); } catch {} finally { continue; } }',
  ),
  cpu(
    'time: recursion without depth',
    'const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); return fib(60);',
  ),
  cpu('time: a regular expression', 'return /(a+)+$/.test("a".repeat(40) + "b");'),
  cpu(
    'time: a regular expression with a reference back',
    'return /^(.*)\\1(.*)\\2(.*)\\3$/.test("ab".repeat(2000) + "c");',
  ),
  cpu('time: a comparator', 'return [3, 1, 2].sort(() => { for (;;); }).length;'),
  cpu('time: a reviver', 'return JSON.parse("[1]", () => { for (;;); });'),
  cpu('time: a replacer of strings', 'return "aa".replace(/a/g, () => { for (;;); });'),
  cpu('time: powers of large integers', 'let n = 3n; for (;;) n = (n * n) % (2n ** 200000n);'),
  cpu(
    'time: the digits of a large integer',
    'return (3n ** 300000n).toString().length + (5n ** 400000n).toString(7).length;',
  ),
  cpu(
    'time: sparse arrays in built-ins that do not look at the clock',
    'const sparse = []; sparse.length = 4294967295; return sparse.lastIndexOf(3);',
  ),
  cpu(
    'time: a sparse array joined',
    'const sparse = []; sparse.length = 4294967295; return sparse.join("").length;',
  ),
  cpu(
    'time: a sparse array searched',
    'const sparse = [1]; sparse.length = 4e9; return sparse.includes(7);',
  ),
  cpu(
    'time: text normalised',
    'const text = "\\u1e9b\\u0323".repeat(3e5); for (;;) text.normalize("NFKD");',
  ),
  cpu(
    'time: text replaced by itself',
    'const text = "ab".repeat(3e5); for (;;) text.replaceAll("a", "$&$&");',
  ),
  cpu(
    'time: text searched by built-ins',
    'const text = "a".repeat(1e6); for (;;) text.indexOf("a".repeat(5e5) + "b");',
  ),
  cpu(
    'time: large JSON written',
    'const all = Array(3e5).fill("x"); for (;;) JSON.stringify(all);',
  ),
  cpu(
    'time: an iterator without end spread',
    'return Math.max(...(function* () { for (;;) yield 0; })());',
  ),
  cpu(
    'time: a proxy chain',
    'let chain = {}; for (let i = 0; i < 1e3; i++) chain = new Proxy(chain, {}); for (;;) chain.x;',
  ),
  {
    name: 'time: host calls without end, waited for',
    code: 'for (;;) await host.now().catch(() => 0);',
    limits: { cpuMs: 5000 },
    refused: 'PLUGINS_LIMIT:hostCalls',
  },
  {
    name: 'time: host calls without end, at once',
    code: 'for (;;) host.now().catch(() => 0);',
    limits: { cpuMs: 5000 },
    refused: 'PLUGINS_LIMIT:hostCalls',
  },
  {
    name: 'time: host calls with large arguments',
    code: 'const text = "x".repeat(9e5); for (;;) host.log(text).catch(() => 0);',
    limits: { cpuMs: 5000 },
    refused: 'PLUGINS_LIMIT',
  },
  {
    name: 'a host call with an argument that is too large',
    code: 'await host.log("x".repeat(2e6));',
    refused: 'PLUGINS_LIMIT:outputKb',
  },
];
