import type { ScanRule } from '../scan-rule.ts';
import * as capabilities from './capabilities/index.ts';
import * as deep from './deep/index.ts';
import * as packaging from './package/index.ts';
import * as text from './text/index.ts';
import * as threats from './threats/index.ts';

const { declaredPermissions, undeclaredUses, ...otherCapabilities } = capabilities;
const { dependenciesOf: _, ...packageRules } = packaging;
const { isRunaway: __, ...deepRules } = deep;

/** Every rule of ours; a rule that its folder's front door exports is found here. */
export const ALL_RULES: readonly ScanRule[] = Object.freeze([
  ...Object.values(packageRules),
  ...Object.values(text),
  ...Object.values(threats),
  ...declaredPermissions,
  ...undeclaredUses,
  ...Object.values(otherCapabilities),
  ...Object.values(deepRules),
]);
