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

/** Takes a host call's name and JSON, and gives a promise of JSON. */
export type Send = (name: QuickJSHandle, json: QuickJSHandle) => QuickJSHandle;

/** A virtual machine that no plugin has been in: an engine with a memory of its own, and its first context. */
export interface EmptyMachine {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  /**
   * Ends what runs before the plugin, all but done already, once it is known what the plugin may do. Used once.
   *
   * @returns The function that calls a method of the plugin's module.
   */
  readonly settle: (send: Send, allowed: { time: boolean; random: boolean }) => QuickJSHandle;
  /** Bytes that the engine has taken for all that is in it. */
  readonly memoryBytes: () => number;
}

/** Makes a virtual machine for one plugin. @param wasm - The module, compiled once for all. */
export async function createMachine(wasm: object): Promise<EmptyMachine> {
  const engine = await newQuickJSWASMModuleFromVariant(newVariant(VARIANT, { wasmModule: wasm }));
  const runtime = engine.newRuntime();
  const context = runtime.newContext();
  let sender: Send | undefined;
  const send = context.newFunction('send', (name, json) => {
    if (sender === undefined) throw new Error('No plugin is here yet.');
    return sender(name, json);
  });
  const program = context.unwrapResult(context.evalCode(BOOTSTRAP, 'phasegate:bootstrap'));
  const ready = context.unwrapResult(context.callFunction(program, context.undefined, send));
  for (const handle of [send, program]) handle.dispose();
  const memory = engine.getWasmMemory() as unknown as { readonly buffer: ArrayBuffer };
  return {
    runtime,
    context,
    settle: (receiver, { time, random }) => {
      sender = receiver;
      const bool = (is: boolean): QuickJSHandle => (is ? context.true : context.false);
      const result = context.callFunction(ready, context.undefined, bool(time), bool(random));
      ready.dispose();
      return context.unwrapResult(result);
    },
    memoryBytes: () => memory.buffer.byteLength,
  };
}
