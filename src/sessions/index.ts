export type {
  IssuedSession,
  RevocationOrder,
  RevocationOutcome,
  Sessions,
  SessionsOptions,
  SessionStatistics,
  SessionVerdict,
} from './contract.ts';
export {
  InvalidSessionError,
  RevocationJournalError,
  SessionContentionError,
  SessionKeyError,
  SessionsClosedError,
  SessionsUnavailableError,
  TooManyRevocationsError,
} from './errors.ts';
export { memorySessions } from './keeping/memory-store.ts';
export { openSessions } from './open-sessions.ts';
export {
  eraseSessionsOfPrincipal,
  sessionsOfPrincipal,
  type PrincipalSession,
} from './principal-sessions.ts';
export { revocationFile, type RevocationJournal } from './keeping/revocation-journal.ts';
export type { IdRevocation, Revocation } from './keeping/revocations.ts';
export { mayUseThread, NewSession, SessionChange, type Session } from './session.ts';
