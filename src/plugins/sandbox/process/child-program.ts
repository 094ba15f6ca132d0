/**
 * The program of a child process, as text: it is written beside a copy of the plugin, so that the child may read its own folder
 * and nothing else. It speaks JSON-RPC 2.0, one message a line: it answers `load` and `call`, and asks `host`. Standard output is
 * taken away from the plugin; what it prints goes nowhere. It ends with its standard input.
 */
export const CHILD_PROGRAM = `
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
const { parse, stringify } = JSON;
const { isFinite } = Number;
const tell = (message) => write(stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const asked = new Map();
let next = 0;
let plugin;

const host = Object.create(null);
const openHost = (names) => {
  for (const name of names)
    host[name] = (...args) =>
      new Promise((resolve, reject) => {
        const id = 'host-' + next++;
        asked.set(id, { resolve, reject });
        tell({ id, method: 'host', params: { name, arguments: args } });
      });
  Object.freeze(host);
};
const finite = (key, member) => {
  if (typeof member === 'number' && !isFinite(member)) throw new Error('a number is not finite');
  return member;
};
const json = (value) => {
  const text = stringify(value === undefined ? null : value, finite);
  if (text === undefined) throw new Error('the value is not JSON');
  return text;
};
const orders = {
  load: async ({ entry, calls }) => {
    openHost(calls);
    plugin = (await import(pathToFileURL(entry).href)).default;
    if (typeof plugin?.execute !== 'function') throw new Error('its default export has no execute function');
    return 'null';
  },
  call: async ({ method, arguments: args }) => {
    const run = plugin[method];
    if (typeof run !== 'function') return method === 'validate' ? '[]' : 'null';
    return json(await run.apply(plugin, method === 'validate' ? args : [...args, host]));
  },
};
const describe = (error) => {
  try {
    return (String(error.name) + ': ' + String(error.message)).slice(0, 500);
  } catch {
    return 'Error: unknown';
  }
};

process.on('unhandledRejection', () => undefined);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, method, params, result, error } = parse(line);
    if (method === undefined) {
      const waiting = asked.get(id);
      asked.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error.message));
      return;
    }
    orders[method](params).then(
      (text) => tell({ id, result: text }),
      (failure) => tell({ id, error: { code: -32000, message: describe(failure) } }),
    );
  })
  .on('close', () => process.exit(0));
`;
