import type { Attack } from '../attack.ts';

/** What errors say, and what is thrown instead of them. */
export const ERRORS: readonly Attack[] = [
  { name: 'undefined thrown', code: 'throw undefined;', refused: 'PLUGINS_FAILED' },
  { name: 'null thrown', code: 'throw null;', refused: 'PLUGINS_FAILED' },
  { name: 'a symbol thrown', code: 'throw Symbol("x");', refused: 'PLUGINS_FAILED' },
  { name: 'a function thrown', code: 'throw () => process;', refused: 'PLUGINS_FAILED' },
  {
    name: 'a proxy thrown that throws at every touch',
    code: 'const no = () => { throw new Error("touched"); }; throw new Proxy({}, { get: no, has: no, ownKeys: no, getPrototypeOf: no });',
    refused: 'PLUGINS_FAILED',
  },
  {
    name: 'an error whose name never ends',
    code: 'throw { get name() { for (;;); } };',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'an error whose message turns into text for ever',
    code: 'throw { name: "x", message: { toString() { for (;;); } } };',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'an error with a very long message',
    code: 'throw new Error("x".repeat(5e6));',
    refused: 'PLUGINS_FAILED',
    because: /^.{1,500}$/,
  },
  {
    name: 'an error that looks like an answer',
    code: 'throw { name: "+", message: "{}", toString: () => "+{}" };',
    refused: 'PLUGINS_FAILED',
  },
  {
    name: 'an error that pretends to be a limit ends its own call only',
    code: 'throw { name: "InternalError", message: "interrupted" };',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'a stack trace',
    code: 'return /node|worker|phasegate\\/|file:|\\.ts/.test(new Error("x").stack);',
    gives: false,
  },
  {
    name: 'Error.prepareStackTrace that collects functions',
    code: 'let sites = []; Error.prepareStackTrace = (error, given) => { sites = given; return "x"; }; void new Error("x").stack; return (Array.isArray(sites) ? sites : []).map((site) => typeof site.getFunction?.() + typeof site.getThis?.()).filter((kind) => kind !== "undefinedundefined");',
    gives: [],
  },
  {
    name: 'a stack overflow',
    code: 'const down = () => down(); down();',
    refused: 'PLUGINS_FAILED',
    because: /stack overflow/,
  },
  {
    name: 'a stack overflow caught again and again',
    code: 'const down = () => { try { down(); } catch { down(); } }; down();',
    refused: 'PLUGINS_LIMIT:cpuMs',
  },
  {
    name: 'a stack overflow inside of a host call',
    code: 'const down = () => { host.log("x").catch(() => 0); down(); }; try { down(); } catch (error) { return error.message; } ',
    refused: 'PLUGINS_LIMIT:hostCalls',
  },
  {
    name: 'what an error of the host says',
    code: `try { await host.getState('a'); } catch (error) { return [error.message, /phasegate|worker|file:/.test(error.stack), typeof error.cause, typeof error.details]; }`,
    permissions: { state: { quotaKb: 1 } },
    gives: ['PLUGINS_HOST_FAILED: The host could not do it.', false, 'undefined', 'undefined'],
  },
  {
    name: 'what an error of another plugin says',
    code: 'try { await host.callTool("other.plugin/go", {}); } catch (error) { return error.message; }',
    permissions: { tools: { names: ['other.plugin/go'] } },
    gives: 'PLUGINS_HOST_FAILED: The host could not do it.',
  },
  {
    name: 'a secret asked for through an error',
    code: 'try { await host.fetch({ url: "ORIGIN/", auth: { secret: "crm", header: "x-key\\r\\nx: y" } }); } catch (error) { return error.message.includes("canary"); }',
    permissions: { net: { hosts: ['*'], methods: ['GET'] }, secrets: { handles: ['crm'] } },
    gives: false,
  },
];
