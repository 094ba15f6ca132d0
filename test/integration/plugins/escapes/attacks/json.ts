import { times, type Attack } from '../attack.ts';

/** Values that are no JSON, or too much of it, out and in. */
export const JSON_VALUES: readonly Attack[] = [
  {
    name: 'a cycle in the output',
    code: 'const all = {}; all.all = all; return all;',
    refused: 'PLUGINS_FAILED',
    because: /circular/i,
  },
  {
    name: 'depth without end in the output',
    code: 'let all = []; for (let i = 0; i < 3000; i++) all = [all]; return all;',
    refused: /^PLUGINS_(LIMIT|FAILED)$/,
  },
  {
    name: 'an output that is too large',
    code: 'return "x".repeat(300 * 1024);',
    refused: 'PLUGINS_LIMIT:outputKb',
  },
  {
    name: 'an output that grows while it is written',
    code: 'return { get all() { return "x".repeat(1e6); }, toJSON() { return Array(5).fill("y".repeat(1e5)); } };',
    refused: 'PLUGINS_LIMIT:outputKb',
  },
  {
    name: 'a toJSON that never ends',
    code: 'return { toJSON() { for (;;); } };',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'a toJSON that gives itself anew',
    code: 'const again = () => ({ again: { toJSON: again } }); return again();',
    refused: /^PLUGINS_(LIMIT|FAILED)$/,
  },
  {
    name: 'an own __proto__ in the output',
    code: 'return JSON.parse(\'{"__proto__":{"polluted":1}}\');',
    refused: 'PLUGINS_FAILED',
    because: /reserved key/,
  },
  {
    name: 'an own constructor in the output',
    code: 'return JSON.parse(\'{"constructor":{"prototype":{"polluted":1}}}\');',
    refused: 'PLUGINS_FAILED',
    because: /reserved key/,
  },
  { name: 'NaN', code: 'return { n: NaN };', refused: 'PLUGINS_FAILED', because: /not finite/ },
  {
    name: 'Infinity deep inside',
    code: 'return [[[-Infinity]]];',
    refused: 'PLUGINS_FAILED',
    because: /not finite/,
  },
  { name: 'a boxed NaN', code: 'return [Object(NaN)];', gives: [null] },
  { name: 'a large integer', code: 'return 1n;', refused: 'PLUGINS_FAILED' },
  { name: 'a function', code: 'return () => 1;', refused: 'PLUGINS_FAILED', because: /not JSON/ },
  {
    name: 'a symbol',
    code: 'return Symbol.iterator;',
    refused: 'PLUGINS_FAILED',
    because: /not JSON/,
  },
  {
    name: 'functions, symbols and nothing as members',
    code: 'return { a: () => 1, b: Symbol(), c: undefined, d: [() => 1, undefined] };',
    gives: { d: [null, null] },
  },
  {
    name: 'a proxy that lists keys without end',
    code: 'let asked = 0; return new Proxy({}, { ownKeys: () => Array.from({ length: 1e5 }, (_, i) => "k" + i + "-" + asked++), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: () => "x".repeat(100) });',
    refused: 'PLUGINS_LIMIT',
  },
  {
    name: 'an array that claims to be endless',
    code: 'return new Proxy([], { get: (target, key) => (key === "length" ? 4e9 : key === "toJSON" ? undefined : 1) });',
    refused: 'PLUGINS_LIMIT',
  },
  {
    name: 'halves of surrogate pairs',
    code: 'return "\\ud800" + "\\udfff".length;',
    refused: 'PLUGINS_FAILED',
    because: /lone surrogate/,
  },
  {
    name: 'a host call with a cycle',
    code: 'const all = []; all.push(all); try { await host.log("x", all); } catch (error) { return error.name; }',
    gives: 'TypeError',
  },
  {
    name: 'a host call with reserved keys',
    code: 'try { await host.setState("a", JSON.parse(\'{"__proto__":{"x":1}}\')); return "kept"; } catch (error) { return error.message.includes("reserved") || error.message.startsWith("PLUGINS_HOST_FAILED"); }',
    permissions: { state: { quotaKb: 1 } },
    gives: true,
  },
  {
    name: 'a host call with deep arguments',
    code: 'let all = []; for (let i = 0; i < 900; i++) all = [all]; const seen = []; for (const run of [() => host.setState("a", all), () => host.fetch(all), () => host.log("x", all)]) { try { await run(); seen.push("done"); } catch { seen.push("refused"); } } return seen;',
    permissions: { state: { quotaKb: 1 } },
    gives: times(3, 'refused'),
  },
];
