import { HOST_CALLS } from '../host-calls.ts';

/**
 * The program that runs in the virtual machine before the plugin does: a function of `send` (hands a host call's name and JSON
 * to the worker, gives a promise of JSON). It takes clock and chance away, and gives `allow(time, random)`, which gives them back
 * before the plugin is there; `take(namespace)`: the plugin's module, if it is one; and `invoke(module, method, arguments)`: a
 * promise of `+` and JSON, or `-` and the text of an error.
 * What it uses later it takes hold of first; a plugin that replaces built-ins changes its own world only.
 */
export const BOOTSTRAP = `(function (send) {
  'use strict';
  const { parse, stringify } = JSON;
  const { isFinite } = Number;
  const then = Function.prototype.call.bind(Promise.prototype.then);
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const { freeze, defineProperty, create } = Object;
  const { construct } = Reflect;
  const Failure = Error;
  const RealDate = Date;

  const write = (value) => {
    const json = stringify(value === undefined ? null : value, (key, member) => {
      if (typeof member === 'number' && !isFinite(member)) throw new Failure('a number is not finite');
      return member;
    });
    if (json === undefined) throw new Failure('the value is not JSON');
    return json;
  };

  const host = create(null);
  for (const name of ${JSON.stringify(HOST_CALLS)}) {
    defineProperty(host, name, {
      enumerable: true,
      value: freeze((...args) => {
        const answer = send(name, write(args));
        return then(answer, parse);
      }),
    });
  }
  freeze(host);

  const refuse = (what) => () => {
    throw new Failure(what);
  };

  // What was thrown may be anything, and may throw again when it is looked at.
  const describe = (error) => {
    try {
      const { name, message } = error;
      return slice(String(name) + ': ' + String(message), 0, 500);
    } catch {
      return 'Error: unknown';
    }
  };

  const takes = { initialize: true, execute: true, health: true, cleanup: true, validate: false };
  const invoke = async (module, method, json) => {
    try {
      const args = parse(json);
      const run = module[method];
      if (typeof run !== 'function') return method === 'validate' ? '+[]' : '+null';
      if (takes[method]) args.push(host);
      return '+' + write(await run.apply(module, args));
    } catch (error) {
      return '-' + describe(error);
    }
  };
  const noClock = refuse('The clock needs the permission "time"; host.now() gives it.');
  const Frozen = function Date(...args) {
    if (args.length === 0 || new.target === undefined) noClock();
    return construct(RealDate, args, new.target === Frozen ? RealDate : new.target);
  };
  for (const name of ['UTC', 'parse']) defineProperty(Frozen, name, { value: RealDate[name] });
  defineProperty(Frozen, 'now', { value: noClock });
  defineProperty(Frozen, 'prototype', { value: RealDate.prototype, writable: false });
  const setClock = (value) => {
    defineProperty(RealDate.prototype, 'constructor', { value });
    defineProperty(globalThis, 'Date', { value, configurable: true, writable: true });
  };
  const realRandom = Math.random;
  const setRandom = (value) => defineProperty(Math, 'random', { value });

  // Both are taken away before it is known who comes: most that come may not have them.
  setClock(Frozen);
  setRandom(refuse('Chance needs the permission "random"; host.random() gives it.'));
  const allow = (time, random) => {
    if (time) setClock(RealDate);
    if (random) setRandom(realRandom);
  };
  const take = (namespace) => {
    const module = namespace.default;
    return typeof module?.execute === 'function' ? module : undefined;
  };
  return { invoke, allow, take };
})`;
