export { canonicalJson } from './canonical-json.ts';
export { counted } from './counted.ts';
export { deepFrozen, frozenShell, isDeepFrozen } from './deep-frozen.ts';
export { digestOf } from './digest.ts';
export { isPhasegateError, NotJsonError, PhasegateError, type ErrorOptions } from './errors.ts';
export type { Facts } from './facts.ts';
export { joinSignals, LONGEST_TIMER_MS, type JoinedSignal } from './joined-signal.ts';
export { makeFolder } from './make-folder.ts';
export { frozenJson, type JsonValue } from './json.ts';
export { personIdProblem, personKey, samePerson } from './person-key.ts';
export {
  randomIds,
  silentLogger,
  systemClock,
  type Clock,
  type Ids,
  type Logger,
} from './ports.ts';
