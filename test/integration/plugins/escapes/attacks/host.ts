import { probe, times, type Attack } from '../attack.ts';

const ANY = { net: { hosts: ['*'], methods: ['GET', 'POST'] } } as const;
const FILES = { 'fs.read': { roots: ['data'] }, 'fs.write': { roots: ['data'] } } as const;
/** What each of these calls is told: the code of the refusal, or that it was done. */
const answers = (...calls: readonly string[]): string =>
  `const seen = []; for (const call of [${calls.map((text) => `() => ${text}`).join(', ')}]) {
    try { await call(); seen.push('done'); } catch (error) { seen.push(error.message.split(':')[0]); }
  } return seen;`;
const refused = (count: number): string[] => [...times(count, 'PLUGINS_DENIED')];
const fetches = (...urls: readonly string[]): string =>
  answers(...urls.map((url) => `host.fetch({ url: ${JSON.stringify(url)} })`));

/** What stands behind the host, asked for by those who may not have it. */
export const HOST: readonly Attack[] = [
  {
    name: 'every call without a permission',
    code: answers(
      'host.fetch({ url: "https://a.example/" })',
      'host.readFile("data/own.txt")',
      'host.writeFile("data/x", "y")',
      'host.env("HOME")',
      'host.callTool("a.b/c", 1)',
      'host.complete({ model: "m", prompt: "p" })',
      'host.getState("a")',
      'host.setState("a", 1)',
      'host.emit("a", {})',
      'host.now()',
      'host.random(4)',
    ),
    gives: refused(11),
  },
  {
    name: 'names of calls that there are none of',
    code: probe(
      'host.exec',
      'host.spawn',
      'host.constructor',
      'host.toString',
      'host.then',
      'host["__proto__"]',
      'host.hasOwnProperty',
    ),
    gives: [...times(7, 'nothing')],
  },
  {
    name: 'a name of a call that changes while it is read',
    code: `let reads = 0; const name = { toString: () => (reads++ === 0 ? 'A' : 'PATH') }; return await host.env(name).catch((error) => error.message.split(':')[0]);`,
    permissions: { env: { names: ['A'] } },
    gives: 'PLUGINS_HOST_FAILED',
  },
  {
    name: 'another variable of the environment',
    code: answers('host.env("PATH")', 'host.env("a")', 'host.env(["A"])', 'host.env("A\\0")'),
    permissions: { env: { names: ['A'] } },
    gives: ['PLUGINS_DENIED', 'PLUGINS_DENIED', 'PLUGINS_HOST_FAILED', 'PLUGINS_DENIED'],
  },
  {
    name: 'paths out of the folder',
    code: answers(
      ...[
        '../outside/secret.txt',
        'data/../../outside/secret.txt',
        '/etc/passwd',
        './data/own.txt',
        'data//own.txt',
        'data\\\\..\\\\x',
        'data/own.txt\\0',
        '.env',
        'data/%2e%2e/x',
        '',
      ].map((path) => `host.readFile("${path}")`),
    ),
    permissions: FILES,
    gives: [...refused(9), 'PLUGINS_HOST_FAILED'],
  },
  {
    name: 'links out of the folder, read',
    code: answers('host.readFile("data/link.txt")', 'host.readFile("data/folder/secret.txt")'),
    permissions: FILES,
    gives: refused(2),
  },
  {
    name: 'links out of the folder, written',
    code: answers(
      'host.writeFile("data/link.txt", "x")',
      'host.writeFile("data/folder/new.txt", "x")',
      'host.writeFile("data/folder/deep/new.txt", "x")',
    ),
    permissions: FILES,
    gives: refused(3),
  },
  {
    name: 'a folder read as a file',
    code: answers('host.readFile("data/folder")', 'host.readFile("data")'),
    permissions: FILES,
    gives: ['PLUGINS_DENIED', 'PLUGINS_HOST_FAILED'],
  },
  {
    name: 'a file that is too large',
    code: 'await host.writeFile("data/big.txt", "x".repeat(300 * 1024)).catch((error) => { throw new Error(error.message.split(":")[0]); });',
    permissions: FILES,
    refused: 'PLUGINS_FAILED',
    because: /PLUGINS_LIMIT/,
  },
  {
    name: 'private addresses as numbers',
    code: fetches(
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://017700000001/',
      'http://[::1]/',
      'http://[::ffff:7f00:1]/',
      'http://169.254.169.254/',
      'http://10.0.0.1/',
      'http://[fd00::1]/',
      'http://0/',
      'http://100.64.0.1/',
      'http://[64:ff9b::7f00:1]/',
    ),
    permissions: ANY,
    gives: refused(12),
  },
  {
    name: 'a public name with a private address',
    code: fetches(
      'http://rebound.example/',
      'https://rebound.example/',
      'http://localhost/',
      'http://metadata.google.internal/',
    ),
    permissions: ANY,
    gives: refused(4),
  },
  {
    name: 'redirects to private addresses',
    code: fetches(
      ...[
        'http://169.254.169.254/',
        'http://127.0.0.1/',
        'http://rebound.example/',
        '//10.0.0.1/',
      ].map((to) => `ORIGIN/redirect?to=${encodeURIComponent(to)}`),
    ),
    permissions: ANY,
    gives: refused(4),
  },
  {
    name: 'redirects to other schemes',
    code: fetches(
      ...['file:///etc/passwd', 'data:text/plain,x', 'ftp://a.example/'].map(
        (to) => `ORIGIN/redirect?to=${encodeURIComponent(to)}`,
      ),
    ),
    permissions: ANY,
    gives: refused(3),
  },
  {
    name: 'other schemes and users in URLs',
    code: fetches(
      'file:///etc/passwd',
      'data:text/plain,x',
      'javascript:1',
      'ws://a.example/',
      'http://user:pass@a.example/',
      'blob:x',
    ),
    permissions: ANY,
    gives: refused(6),
  },
  {
    name: 'a host that was not granted, in disguise',
    code: fetches(
      'https://api.example.com.attacker.example/',
      'https://api.example.com@attacker.example/',
      'https://attacker.example/#api.example.com',
      'https://api.example.com:8443/',
      'https://api%2eexample.com.attacker.example/',
    ),
    permissions: { net: { hosts: ['api.example.com:443'], methods: ['GET'] } },
    gives: refused(5),
  },
  {
    name: "headers that are the host's to set",
    code: answers(
      ...[
        'Host',
        'authorization',
        'Cookie',
        'Transfer-Encoding',
        'Proxy-Authorization',
        'Sec-Fetch-Site',
        'CONNECTION',
      ].map((name) => `host.fetch({ url: "ORIGIN/", headers: { "${name}": "x" } })`),
    ),
    permissions: ANY,
    gives: refused(7),
  },
  {
    name: 'line breaks in headers and methods',
    code: answers(
      'host.fetch({ url: "ORIGIN/", headers: { "x-a": "b\\r\\nhost: c" } })',
      'host.fetch({ url: "ORIGIN/", headers: { "x\\r\\ny": "b" } })',
      'host.fetch({ url: "ORIGIN/", method: "GET / HTTP/1.1\\r\\n" })',
      'host.fetch({ url: "ORIGIN/", method: "CONNECT" })',
    ),
    permissions: ANY,
    gives: [...times(4, 'PLUGINS_HOST_FAILED')],
  },
  {
    name: 'a secret that was not granted',
    code: answers(
      'host.fetch({ url: "ORIGIN/", auth: { secret: "other" } })',
      'host.fetch({ url: "ORIGIN/", auth: { secret: "crm", header: "host" } })',
    ),
    permissions: { ...ANY, secrets: { handles: ['crm'] } },
    gives: refused(2),
  },
  {
    name: 'clock without permission',
    code: probe(
      'Date.now()',
      'new Date()',
      'Date()',
      'new (class extends Date {})()',
      'new (new Date(0).constructor)()',
      'Reflect.construct(Date, [])',
      'Reflect.construct(Date, [], Object)',
      'Date.call(null)',
      'new (Object.getPrototypeOf(class extends Date {}))()',
    ),
    gives: [...times(9, 'refused')],
  },
  {
    name: 'chance without permission',
    code: probe(
      'Math.random()',
      '(() => { "use strict"; Math.random = () => 0; })()',
      '(() => { delete Math.random; return Math.random(); })()',
      'globalThis.crypto.getRandomValues(new Uint8Array(4))',
    ),
    gives: ['refused', 'nothing', 'refused', 'refused'],
  },
  {
    name: "another plugin's operations",
    code: answers(
      'host.callTool("other.plugin/go", 1)',
      'host.callTool("test.plugin/../other/go", 1)',
      'host.callTool("", 1)',
      'host.callTool("allowed.plugin/go/more", 1)',
    ),
    permissions: { tools: { names: ['allowed.plugin/go'] } },
    gives: ['PLUGINS_DENIED', 'PLUGINS_DENIED', 'PLUGINS_HOST_FAILED', 'PLUGINS_HOST_FAILED'],
  },
  {
    name: 'log lines with line breaks and markup',
    code: answers(
      'host.log("a\\nlevel=error")',
      'host.log("Admin")',
      'host.log("ok", { deep: { a: 1 } })',
      'host.progress({ text: "x".repeat(2000) })',
    ),
    gives: [...times(3, 'PLUGINS_HOST_FAILED'), 'done'],
  },
];
