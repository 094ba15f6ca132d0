import { InvalidPluginStateError } from '../errors/index.ts';

/** Where a version of a plugin stands. */
export type PluginState =
  | 'discovered'
  | 'verifying'
  | 'rejected'
  | 'quarantined'
  | 'pending-approval'
  | 'registered'
  | 'resolved'
  | 'loading'
  | 'initializing'
  | 'active'
  | 'degraded'
  | 'draining'
  | 'stopped'
  | 'crashed'
  | 'upgrading'
  | 'rolling-back'
  | 'removed';

/** From where a version may go where. What is not listed does not happen. */
const NEXT: Readonly<Record<PluginState, readonly PluginState[]>> = Object.freeze({
  discovered: ['verifying', 'removed'],
  verifying: ['rejected', 'quarantined', 'pending-approval', 'registered', 'discovered'],
  rejected: ['verifying', 'removed'],
  quarantined: ['verifying', 'pending-approval', 'removed'],
  'pending-approval': ['registered', 'rejected', 'verifying', 'removed'],
  registered: ['resolved', 'upgrading', 'rolling-back', 'verifying', 'quarantined', 'removed'],
  resolved: ['loading', 'registered', 'quarantined'],
  loading: ['initializing', 'crashed', 'registered', 'quarantined'],
  initializing: ['active', 'crashed', 'registered', 'quarantined'],
  active: ['degraded', 'draining', 'crashed', 'quarantined', 'upgrading', 'rolling-back'],
  degraded: ['active', 'draining', 'crashed', 'quarantined', 'upgrading', 'rolling-back'],
  draining: ['stopped', 'crashed'],
  stopped: ['resolved', 'verifying', 'quarantined', 'rolling-back', 'removed', 'upgrading'],
  crashed: ['resolved', 'draining', 'stopped', 'quarantined', 'verifying', 'removed'],
  upgrading: ['resolved', 'active', 'stopped', 'registered', 'crashed'],
  'rolling-back': ['resolved', 'active', 'stopped', 'crashed'],
  removed: ['discovered'],
});

/** Every state, in the order of a version's life. */
export const PLUGIN_STATES = Object.freeze(Object.keys(NEXT) as PluginState[]);

/** States that a step passes through: found after a crash, they are led back to where the step began. */
const RECOVERED: Partial<Record<PluginState, PluginState>> = {
  verifying: 'discovered',
  resolved: 'registered',
  loading: 'registered',
  initializing: 'registered',
  draining: 'stopped',
  upgrading: 'registered',
  'rolling-back': 'stopped',
};

/** Whether calls may go to a version in this state. */
export function isCallable(state: PluginState): boolean {
  return state === 'active' || state === 'degraded';
}

/** Gives the state that a version is led back to when its process died in `state`; undefined when it can stay. */
export function recovered(state: PluginState): PluginState | undefined {
  return RECOVERED[state];
}

/** @throws {@link InvalidPluginStateError} unless a version may go from `from` to `to`. */
export function demandStep(plugin: string, from: PluginState, to: PluginState): void {
  if (!NEXT[from].includes(to)) throw new InvalidPluginStateError(plugin, from, to);
}
