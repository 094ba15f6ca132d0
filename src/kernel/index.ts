export { canonicalJson } from './canonical-json.ts';
export { deepFrozen, frozenShell, isDeepFrozen } from './deep-frozen.ts';
export { digestOf } from './digest.ts';
export { isPhasegateError, NotJsonError, PhasegateError, type ErrorOptions } from './errors.ts';
export type { Facts } from './facts.ts';
export { joinSignals, type JoinedSignal } from './joined-signal.ts';
export { LONGEST_TIMER_MS } from './longest-timer.ts';
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
