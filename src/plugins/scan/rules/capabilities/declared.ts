import {
  PERMISSION_NAMES,
  type PermissionName,
  type Permissions,
} from '../../../contract/index.ts';
import {
  factsOf,
  type RuleHit,
  type ScanRule,
  type ScanSubject,
  type Severity,
} from '../../scan-rule.ts';
import { hostUses, isDeclared } from './host-uses.ts';

const PLACE: RuleHit = Object.freeze({ file: 'phasegate.plugin.json', line: 1 });
type Weight = readonly [Severity, number];

/** How much each permission is worth to someone who means harm. */
const BREADTH: Readonly<Record<PermissionName, Weight>> = {
  net: ['medium', 0.5],
  'fs.read': ['medium', 0.3],
  'fs.write': ['medium', 0.6],
  env: ['medium', 0.5],
  secrets: ['medium', 0.6],
  tools: ['medium', 0.4],
  plugins: ['medium', 0.6],
  llm: ['medium', 0.3],
  state: ['low', 0.4],
  events: ['low', 0.4],
  time: ['low', 0.1],
  random: ['low', 0.1],
  spawn: ['high', 1],
};

type Wide = Pick<RuleHit, 'severity' | 'confidence' | 'message'>;

/** What makes a permission weigh more than its name does. */
const WIDE: Readonly<
  Partial<Record<PermissionName, (permissions: Permissions) => Wide | undefined>>
> = {
  net: ({ net }) => {
    if (net?.hosts.includes('*') === true)
      return { severity: 'high', confidence: 1, message: 'Asks for requests to any host.' };
    return net?.hosts.some((host) => host.startsWith('*.')) === true
      ? {
          severity: 'medium',
          confidence: 0.8,
          message: 'Asks for requests to all hosts of a domain.',
        }
      : undefined;
  },
  tools: ({ tools }) =>
    tools?.names.some((name) => name.endsWith('/*')) === true
      ? { severity: 'medium', confidence: 0.6, message: 'Asks for every operation of a plugin.' }
      : undefined,
  spawn: () => ({
    severity: 'high',
    confidence: 0.6,
    message: 'Asks to start programs, which nothing here holds back.',
  }),
};

/** One for each permission: that it is asked for, and how broadly. */
export const declaredPermissions: readonly ScanRule[] = PERMISSION_NAMES.map((permission) => ({
  id: `permission.${permission}`,
  part: 'permissions',
  severity: BREADTH[permission][0],
  confidence: BREADTH[permission][1],
  message: `Asks for the permission "${permission}".`,
  pass: 1,
  *find({ manifest }) {
    const { permissions } = manifest;
    if (permissions[permission] === undefined) return;
    yield PLACE;
    const wide = WIDE[permission]?.(permissions);
    if (wide !== undefined) yield { ...PLACE, ...wide };
  },
}));

/** A permission that no code uses, as far as can be seen. */
export const unusedPermission: ScanRule = {
  id: 'permission.unused',
  part: 'permissions',
  severity: 'low',
  confidence: 0.7,
  message: 'Asks for a permission that its code does not seem to use.',
  pass: 1,
  *find(subject) {
    if (subject.isModule) return;
    const used = usedPermissions(subject);
    for (const permission of PERMISSION_NAMES) {
      if (subject.manifest.permissions[permission] === undefined || used.has(permission)) continue;
      yield {
        ...PLACE,
        message: `Asks for the permission "${permission}", which its code does not seem to use.`,
      };
    }
  },
};

/** What is used and asked for. What is used and not asked for is told elsewhere, and makes no permission used. */
function usedPermissions(subject: ScanSubject): ReadonlySet<PermissionName> {
  const used = new Set<PermissionName>();
  for (const use of hostUses(subject)) {
    if (!isDeclared(use, subject)) continue;
    used.add(use.permission);
    if (use.permission === 'tools') used.add('plugins');
  }
  for (const permission of usedAroundHost(subject)) used.add(permission);
  return used;
}

function* usedAroundHost(subject: ScanSubject): Iterable<PermissionName> {
  for (const { path } of factsOf(subject, 'global')) {
    if (path === 'Date' || path.startsWith('Date.')) yield 'time';
    if (path === 'Math.random' || path.startsWith('crypto.')) yield 'random';
  }
  const writes = subject.manifest.permissions['fs.write'] !== undefined;
  for (const { module } of factsOf(subject, 'import')) {
    if (/^(?:node:)?child_process$/.test(module)) yield 'spawn';
    if (writes && /^(?:node:)?fs(?:\/promises)?$/.test(module))
      yield* ['fs.read', 'fs.write'] as const;
  }
}
