export { undeclaredClock, undeclaredModule, undeclaredName } from './around-host.ts';
export { declaredPermissions, unusedPermission } from './declared.ts';
export { computedHostCall, undeclaredUses } from './undeclared.ts';
