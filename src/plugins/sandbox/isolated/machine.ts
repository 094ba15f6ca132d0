import packagedVariant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core';

import { BOOTSTRAP } from './bootstrap.ts';

// The package's types are those of its CommonJS form; the ES module's default export is the variant itself.
const VARIANT = packagedVariant as unknown as QuickJSSyncVariant;

const MAX_STACK_BYTES = 512 * 1024;

/** Takes a host call's name and JSON, and gives a promise of JSON. */
export type Send = (name: QuickJSHandle, json: QuickJSHandle) => QuickJSHandle;

/** Functions of what runs before the plugin. */
export interface Entrance {
  /** Gives a plugin's module, or undefined when it is none. */
  readonly take: QuickJSHandle;
  /** Calls a method of the plugin's module. */
  readonly invoke: QuickJSHandle;
}

/** A virtual machine that no plugin has been in: an engine with a memory of its own, and its first context. */
export interface EmptyMachine {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  /** Ends what runs before the plugin, once it is known what the plugin may do. Used once. */
  readonly settle: (send: Send, allowed: { time: boolean; random: boolean }) => Entrance;
  /** Bytes that the engine has taken for all that is in it. */
  readonly memoryBytes: () => number;
}

/** Makes a virtual machine for one plugin. @param wasm - The module, compiled once for all. */
export async function createMachine(wasm: object): Promise<EmptyMachine> {
  const engine = await newQuickJSWASMModuleFromVariant(newVariant(VARIANT, { wasmModule: wasm }));
  const runtime = engine.newRuntime();
  runtime.setMaxStackSize(MAX_STACK_BYTES);
  const context = runtime.newContext();
  let sender: Send | undefined;
  const send = context.newFunction('send', (name, json) => {
    if (sender === undefined) throw new Error('No plugin is here yet.');
    return sender(name, json);
  });
  const program = context.unwrapResult(context.evalCode(BOOTSTRAP, 'phasegate:bootstrap'));
  const ready = context.unwrapResult(context.callFunction(program, context.undefined, send));
  const allow = context.getProp(ready, 'allow');
  const entrance = {
    take: context.getProp(ready, 'take'),
    invoke: context.getProp(ready, 'invoke'),
  };
  for (const handle of [send, program, ready]) handle.dispose();
  const memory = engine.getWasmMemory() as unknown as { readonly buffer: ArrayBuffer };
  return {
    runtime,
    context,
    settle: (receiver, { time, random }) => {
      sender = receiver;
      const bool = (is: boolean): QuickJSHandle => (is ? context.true : context.false);
      if (time || random)
        context
          .unwrapResult(context.callFunction(allow, context.undefined, bool(time), bool(random)))
          .dispose();
      allow.dispose();
      return entrance;
    },
    memoryBytes: () => memory.buffer.byteLength,
  };
}
