import { factsOf, type ScanRule } from '../../scan-rule.ts';
import { hostUses, isDeclared } from './host-uses.ts';
import { PERMISSION_NAMES, type PermissionName } from '../../../contract/index.ts';

const GATE = 'undeclared-use';

const SAID: Readonly<Record<PermissionName, string>> = {
  net: 'Asks its host for a request that its manifest does not name.',
  'fs.read': 'Reads a file that its manifest does not name.',
  'fs.write': 'Writes a file that its manifest does not name.',
  env: 'Reads a variable of the environment that its manifest does not name.',
  secrets: 'Uses a secret that its manifest does not name.',
  tools: 'Calls an operation of another plugin that its manifest does not name.',
  plugins: 'Calls another plugin that its manifest does not name.',
  llm: 'Asks a model that its manifest does not name.',
  state: 'Keeps state, and its manifest does not say so.',
  events: 'Emits an event that its manifest does not name.',
  time: 'Asks for the time, and its manifest does not say so.',
  random: 'Asks for chance, and its manifest does not say so.',
  spawn: 'Starts a program, and its manifest does not say so.',
};

/** For each permission: code that uses it through the host, and a manifest that does not ask for it. */
export const undeclaredUses: readonly ScanRule[] = PERMISSION_NAMES.map((permission) => ({
  id: `undeclared.${permission}`,
  part: 'undeclared',
  severity: 'high',
  confidence: 0.9,
  message: SAID[permission],
  gate: GATE,
  gateFrom: 'high',
  pass: 1,
  *find(subject) {
    for (const use of hostUses(subject)) {
      if (use.permission !== permission || isDeclared(use, subject)) continue;
      const { file, line, wish, isGuess } = use;
      const isComputedHost = permission === 'net' && wish === undefined;
      yield {
        file,
        line,
        ...(isGuess ? { severity: 'medium' as const, confidence: 0.5 } : {}),
        ...(isComputedHost
          ? {
              message:
                'Asks its host for a URL whose host is only known when it runs: that needs net.hosts "*".',
            }
          : {}),
      };
    }
  },
}));

/** A call of the host whose name is only known when it runs may be any call. */
export const computedHostCall: ScanRule = {
  id: 'undeclared.computed-host-call',
  part: 'undeclared',
  severity: 'high',
  confidence: 0.8,
  message: 'Calls its host by a name that is only known when it runs.',
  gate: GATE,
  gateFrom: 'high',
  pass: 1,
  find: (subject) => factsOf(subject, 'computed-host-call'),
};
