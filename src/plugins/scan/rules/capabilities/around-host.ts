import { isBuiltin } from 'node:module';

import type { PermissionName } from '../../../contract/index.ts';
import { factsOf, type ScanRule, type ScanSubject } from '../../scan-rule.ts';

const GATE = 'undeclared-use';

/** What a module of Node's can do, as the permission that stands for it. */
const MODULES: ReadonlyMap<string, PermissionName> = new Map([
  ...['fs', 'fs/promises'].map((name) => [name, 'fs.write'] as const),
  ...['net', 'tls', 'dgram', 'dns', 'dns/promises', 'http', 'https', 'http2', 'quic'].map(
    (name) => [name, 'net'] as const,
  ),
  ['child_process', 'spawn'],
  ['os', 'env'],
  ['sqlite', 'fs.write'],
]);

/** Names of the world outside that do what only the host may do. */
const NAMES: readonly (readonly [RegExp, PermissionName])[] = [
  [
    /^(?:fetch|XMLHttpRequest|WebSocket|WebSocketStream|WebTransport|EventSource|RTCPeerConnection)(?:\.(?:call|apply|bind))?$/,
    'net',
  ],
  [/^navigator\.sendBeacon$/, 'net'],
  [/^process\.env(?!\.NODE_ENV$)/, 'env'],
  [
    /^(?:process\.(?:binding|_linkedBinding|dlopen|kill|exit|abort|chdir|setuid|mainModule|getBuiltinModule)(?:\.|$))/,
    'spawn',
  ],
  [/^(?:Deno|Bun)\.(?!version|build|noColor|isMainThread)/, 'spawn'],
  [/^(?:Worker|SharedWorker|importScripts)$/, 'spawn'],
];

/** A module of Node's that does what only the host may do. */
export const undeclaredModule: ScanRule = {
  id: 'undeclared.module',
  part: 'undeclared',
  severity: 'high',
  confidence: 0.9,
  message: 'Imports a module of Node.js that reaches past its host.',
  gate: GATE,
  gateFrom: 'high',
  pass: 1,
  *find(subject) {
    for (const { file, line, module } of factsOf(subject, 'import')) {
      const name = module.replace(/^node:/, '');
      const permission = isBuiltin(module) ? MODULES.get(name) : undefined;
      if (permission === undefined || isBroadlyDeclared(permission, subject)) continue;
      const severity = permission === 'spawn' ? 'critical' : 'high';
      yield {
        file,
        line,
        severity,
        message: `Imports the module "${name}" of Node.js, which reaches past its host.`,
      };
    }
  },
};

/** A name of the world outside that does what only the host may do. */
export const undeclaredName: ScanRule = {
  id: 'undeclared.name',
  part: 'undeclared',
  severity: 'high',
  confidence: 0.8,
  message: 'Uses a name of the world outside that reaches past its host.',
  gate: GATE,
  gateFrom: 'high',
  pass: 1,
  *find(subject) {
    for (const { file, line, path } of factsOf(subject, 'global')) {
      const permission = NAMES.find(([pattern]) => pattern.test(path))?.[1];
      if (permission !== undefined && !isBroadlyDeclared(permission, subject)) yield { file, line };
    }
  },
};

/** Clock and chance of the machine: an isolated plugin that did not ask for them is refused when it uses them. */
export const undeclaredClock: ScanRule = {
  id: 'undeclared.clock',
  part: 'undeclared',
  severity: 'low',
  confidence: 0.8,
  message: 'Uses the machine’s clock or chance, which are refused without "time" and "random".',
  pass: 1,
  *find(subject) {
    const { time, random } = subject.manifest.permissions;
    for (const { file, line, path } of factsOf(subject, 'global')) {
      const isClock = (path === 'Date.now' || path === 'performance.now') && time === undefined;
      const isChance = /^(?:Math\.random|crypto\.(?:getRandomValues|randomUUID))$/.test(path);
      if (isClock || (isChance && random === undefined)) yield { file, line };
    }
  },
};

/** What goes past the host is not held to caveats, so that only the permission at its broadest covers it. */
function isBroadlyDeclared(permission: PermissionName, { manifest }: ScanSubject): boolean {
  const { permissions } = manifest;
  if (permission === 'net') return permissions.net?.hosts.includes('*') === true;
  return permissions[permission] !== undefined;
}
