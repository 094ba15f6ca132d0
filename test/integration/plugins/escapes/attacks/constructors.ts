import { probe, times, type Attack } from '../attack.ts';

/** The way from any value to the function constructor of whoever made it. */
export const CONSTRUCTORS: readonly Attack[] = [
  {
    name: 'constructor of a plain object',
    code: probe('({}).constructor.constructor("return process")()'),
    gives: ['refused'],
  },
  {
    name: 'constructor of the host object',
    code: probe(
      'host.constructor.constructor("return process")()',
      'host.constructor',
      'host.__proto__',
    ),
    gives: ['refused', 'nothing', 'nothing'],
  },
  {
    name: 'constructor of each host function',
    code: `const found = new Set(); for (const call of Object.values(host)) { try { found.add(typeof call.constructor("return process")()); } catch { found.add('refused'); } } return [...found];`,
    gives: ['refused'],
  },
  {
    name: 'constructor of the promise that a host call gives',
    code: probe('host.now().constructor.constructor("return globalThis.process")()'),
    gives: ['nothing'],
  },
  {
    name: 'constructor of the error that a host call rejects with',
    code: `try { await host.now(); } catch (error) { return typeof error.constructor.constructor('return globalThis.process')(); }`,
    gives: 'undefined',
  },
  {
    name: 'constructor of a prototype of an error of the engine',
    code: `try { null.x; } catch (error) { return typeof Object.getPrototypeOf(error).constructor.constructor('return globalThis.process')(); }`,
    gives: 'undefined',
  },
  {
    name: 'constructor of the input',
    code: 'return typeof input.deep.constructor.constructor("return globalThis.process")();',
    input: { deep: {} },
    gives: 'undefined',
  },
  {
    name: 'constructor of an answer of the host',
    code: 'return typeof (await host.now()).constructor.constructor("return globalThis.process")();',
    permissions: { time: true },
    gives: 'undefined',
  },
  {
    name: 'constructors of async functions and generators',
    code: probe(
      '(async () => {}).constructor("return globalThis.process")()',
      '(function* () {}).constructor("yield globalThis.process")().next().value',
      '(async function* () {}).constructor("yield globalThis.process")().next().then(({ value }) => value)',
    ),
    gives: times(3, 'nothing'),
  },
  {
    name: 'direct and indirect eval',
    code: probe(
      'eval("globalThis.process")',
      '(0, eval)("globalThis.process")',
      'new Function("return this.process")()',
    ),
    gives: times(3, 'nothing'),
  },
  {
    name: 'caller and arguments of a host function',
    code: probe(
      'host.now.caller',
      'host.now.arguments',
      '(function () { return arguments.callee.caller; })()',
    ),
    gives: times(3, 'refused'),
  },
  {
    name: 'the names that Node gives to every program',
    code: probe(
      'globalThis.process',
      'globalThis.require',
      'globalThis.module',
      'globalThis.Buffer',
      'globalThis.global',
      'globalThis.fetch',
      'globalThis.setTimeout',
      'globalThis.setImmediate',
      'globalThis.queueMicrotask',
      'globalThis.structuredClone',
      'globalThis.performance',
      'globalThis.console',
      'globalThis.WebSocket',
    ),
    gives: times(13, 'nothing'),
  },
  {
    name: "the names of the engine's own shell",
    code: probe(
      'globalThis.std',
      'globalThis.os',
      'globalThis.print',
      'globalThis.scriptArgs',
      'globalThis.gc',
      'globalThis.bjson',
      'globalThis.ShadowRealm',
      'globalThis.Intl',
    ),
    gives: times(8, 'nothing'),
  },
  {
    name: 'the names of the bootstrap',
    code: probe(
      'typeof send === "undefined" ? null : send',
      'typeof allowed === "undefined" ? null : allowed',
      'typeof RealDate === "undefined" ? null : RealDate',
      'globalThis.invoke',
    ),
    gives: times(4, 'nothing'),
  },
  {
    name: 'this of a function without one',
    code: 'return typeof (function () { return this; })() + typeof (0, eval)("this").process;',
    gives: 'undefinedundefined',
  },
];
