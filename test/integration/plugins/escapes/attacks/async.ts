import { probe, type Attack } from '../attack.ts';

/** Promises, re-entrancy, and what is left behind when a call ends. */
export const ASYNC: readonly Attack[] = [
  {
    name: 'a then-able returned',
    code: 'return { then(resolve) { resolve({ then(again) { again(5); } }); } };',
    gives: 5,
  },
  {
    name: 'a then-able that resolves twice and throws',
    code: 'return { then(resolve, reject) { resolve(1); reject(2); throw 3; } };',
    gives: 1,
  },
  {
    name: 'a then-able that never settles',
    code: 'return { then() {} };',
    refused: 'PLUGINS_FAILED',
    because: /waits for something that can never come/,
  },
  {
    name: 'a promise that never settles',
    code: 'await new Promise(() => 0);',
    refused: 'PLUGINS_FAILED',
    because: /waits for something that can never come/,
  },
  {
    name: 'a promise that resolves to itself',
    code: 'let settle; const own = new Promise((resolve) => { settle = resolve; }); settle(own); return own;',
    refused: 'PLUGINS_FAILED',
  },
  {
    name: 'then-ables without end',
    code: 'const again = () => ({ then(resolve) { resolve(again()); } }); return again();',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'jobs without end',
    code: 'const again = () => Promise.resolve().then(again); await again();',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'jobs left behind when the call ends',
    code: 'const again = () => Promise.resolve().then(again); again(); return 1;',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'a rejection that nobody handles',
    code: 'Promise.reject(new Error("left")); (async () => { throw 1; })(); return 1;',
    gives: 1,
  },
  {
    name: 'a host call that is not waited for',
    code: 'host.now().then(() => { globalThis.late = true; }); return 1;',
    permissions: { time: true },
    gives: 1,
  },
  {
    name: 'a host call out of toJSON, while its own arguments are written',
    code: `let depth = 0; const nested = { toJSON() { if (depth++ < 5) host.log('x', nested).catch(() => 0); return {}; } }; await host.log('x', nested); return depth;`,
    gives: 6,
  },
  {
    name: 'a host call out of a getter and a proxy in the output',
    code: `return { get now() { host.now().catch(() => 0); return 1; }, deep: new Proxy({}, { ownKeys() { host.now().catch(() => 0); return ['a']; }, getOwnPropertyDescriptor: () => ({ value: 2, enumerable: true, configurable: true }), get: () => 2 }) };`,
    gives: { now: 1, deep: { a: 2 } },
  },
  {
    name: 'the host of one call kept for the load of another module',
    code: `globalThis.kept = host; return await import('./later.js').then(({ said }) => said);`,
    files: {
      'later.js': `export let said; try { said = await globalThis.kept.env('A'); } catch (error) { said = error.message.slice(0, 14); }`,
    },
    gives: 'PLUGINS_DENIED',
  },
  {
    name: 'finalizers and weak references',
    code: `const registry = new FinalizationRegistry(() => { globalThis.late = 1; }); for (let i = 0; i < 1e4; i++) registry.register({}, i); return typeof new WeakRef(host).deref().send;`,
    gives: 'undefined',
  },
  {
    name: 'timers, which there are none of',
    code: probe('setTimeout(() => 0)', 'setInterval(() => 0)', 'setImmediate(() => 0)'),
    gives: ['refused', 'refused', 'refused'],
  },
  {
    name: 'an async generator that is never finished',
    code: 'const all = (async function* () { try { for (;;) yield await 1; } finally { for (;;); } })(); await all.next(); return 1;',
    gives: 1,
  },
  {
    name: 'an async generator whose end never ends',
    code: 'const all = (async function* () { try { yield 1; } finally { for (;;) await 1; } })(); await all.next(); await all.return(); return 1;',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
];
