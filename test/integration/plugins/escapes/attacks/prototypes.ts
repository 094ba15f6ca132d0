import { probe, type Attack } from '../attack.ts';

/** Built-ins replaced before the host's side of the boundary uses them. */
export const PROTOTYPES: readonly Attack[] = [
  {
    name: 'Object.prototype polluted',
    code: 'Object.prototype.polluted = 1; Object.prototype.toJSON = undefined; return {};',
    gives: {},
  },
  {
    name: 'Object.prototype.toJSON that forges every value',
    code: 'Object.prototype.toJSON = () => "forged"; return { a: 1 };',
    gives: 'forged',
  },
  {
    name: 'Array.prototype.toJSON that forges the arguments of a host call',
    code: `Array.prototype.toJSON = () => ({ length: 1, 0: 'PATH' }); try { return await host.env('A'); } catch (error) { return error.message.slice(0, 19); }`,
    permissions: { env: { names: ['A'] } },
    gives: 'PLUGINS_HOST_FAILED',
  },
  {
    name: "Array.prototype iterated by a generator of the plugin's own",
    code: `Array.prototype[Symbol.iterator] = function* () { yield 'PATH'; }; try { await host.env('A'); return 'reached'; } catch (error) { return error.message.slice(0, 14); }`,
    permissions: { env: { names: ['B'] } },
    gives: 'PLUGINS_DENIED',
  },
  {
    name: 'Promise.prototype.then replaced',
    code: `const taken = []; Promise.prototype.then = function (...given) { taken.push(...given); return this; }; host.now(); return taken.length;`,
    permissions: { time: true },
    gives: 0,
  },
  {
    name: 'JSON replaced',
    code: 'JSON.stringify = () => "{\\"forged\\":true}"; JSON.parse = () => { throw 1; }; try { await host.now(); } catch (error) { return error.message.slice(0, 14); }',
    gives: 'PLUGINS_DENIED',
  },
  {
    name: 'Function.prototype.call, apply and bind replaced',
    code: `const taken = []; for (const name of ['call', 'apply', 'bind']) Function.prototype[name] = function (...given) { taken.push(this.name, ...given.map(String)); }; await host.now().catch(() => 0); return taken;`,
    gives: [],
  },
  {
    name: 'Reflect.construct replaced to catch the real clock',
    code: 'let real; Reflect.construct = (target) => { real = target; return {}; }; new Date(0); return [typeof real, typeof real?.now];',
    gives: ['undefined', 'undefined'],
  },
  {
    name: 'String replaced while an error is described',
    code: 'globalThis.String = (value) => ({ toString: () => "+{\\"forged\\":true}" }); throw new Error("x");',
    refused: 'PLUGINS_FAILED',
  },
  {
    name: 'Array.prototype.push replaced for the next call',
    code: 'Array.prototype.push = function (host) { return host.send ?? 0; }; return typeof host.send;',
    gives: 'undefined',
  },
  {
    name: 'Symbol.species of promises and arrays',
    code: `const taken = []; class Mine extends Promise { constructor(run) { super(run); taken.push(typeof run); } static get [Symbol.species]() { return Mine; } }
      Promise.prototype.constructor = Mine; try { await host.now(); } catch (error) { return error.message.slice(0, 14); }`,
    gives: 'PLUGINS_DENIED',
  },
  {
    name: 'Promise.prototype.constructor that throws',
    code: `Object.defineProperty(Promise.prototype, 'constructor', { get() { throw new Error('no'); } }); host.now(); return 1;`,
    refused: /^PLUGINS_(FAILED|CRASHED)$/,
  },
  {
    name: 'the host object changed, extended and swapped',
    code: probe(
      '(() => { "use strict"; host.now = 1; })()',
      '(() => { "use strict"; host.more = 1; })()',
      '(() => { "use strict"; host.now.more = 1; })()',
      'Object.setPrototypeOf(host, { env: 1 })',
      'delete host.now',
    ),
    gives: ['refused', 'refused', 'refused', 'refused', 'refused'],
  },
  {
    name: 'setters on Object.prototype for the names of messages',
    code: `const taken = []; for (const name of ['kind', 'json', 'call', 'ok', 'text', 'key']) Object.defineProperty(Object.prototype, name, { set(value) { taken.push(value); }, get: () => 'forged', configurable: true }); await host.now().catch(() => 0); return taken.length;`,
    gives: 0,
  },
  {
    name: 'globalThis frozen, emptied and given another prototype',
    code: 'for (const name of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[name]; } catch {} } return 1;',
    gives: 1,
  },
];
