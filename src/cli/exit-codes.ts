import { isPhasegateError, type PhasegateError } from '../kernel/index.ts';

/** What a command tells its caller. */
export const EXIT = Object.freeze({
  /** The run is completed, or the command did what it was asked. */
  completed: 0,
  /** Something failed that is not the caller's doing; the same command may succeed later. */
  failed: 1,
  /** The command line, its input, or the data it names cannot be used; something has to change first. */
  usage: 2,
  /** The run waits for a person. */
  waiting: 3,
  /** A gate blocked the run, or a verification found something. */
  blocked: 4,
  interrupted: 130,
  terminated: 143,
});

/** Errors of these folders lie in what the caller gave, but for the exceptions below. */
const USAGE_FOLDERS = new Set([
  'APP',
  'CLI',
  'CONFIG',
  'STORAGE',
  'DRAWING',
  'AUDIT',
  'PLUGINS',
  'INDUSTRIES',
  'VALIDATION',
  'COMPLIANCE',
]);

const USAGE = new Set([
  'WORKFLOW_INVALID_INPUT',
  'WORKFLOW_UNREADABLE_STATE',
  'WORKFLOW_ALREADY_ANSWERED',
  'WORKFLOW_ANSWER_ON_ITS_WAY',
  'WORKFLOW_RUN_IN_PROGRESS',
  // The way on is another command, which the error names.
  'WORKFLOW_STATE_BEHIND_TRAIL',
  'MODEL_NOT_FOUND',
  'MODEL_UNAUTHORISED',
]);

const FAILED = new Set([
  'STORAGE_FULL',
  'STORAGE_IO',
  'STORAGE_LOCKED',
  'STORAGE_FAILED',
  'STORAGE_CLOSED',
  'STORAGE_CONTENTION',
  'STORAGE_THREAD_BUSY',
  'STORAGE_THREAD_LOCK_LOST',
  'STORAGE_THREAD_INTERRUPTED',
  'STORAGE_UNAVAILABLE',
  'STORAGE_UNREPLICATED',
  'STORAGE_UNSTORABLE_VALUE',
  'DRAWING_FAILED',
  'AUDIT_APPEND_FAILED',
  'AUDIT_CHECKPOINT_FILE',
  'AUDIT_CLOSED',
  'AUDIT_STORE_FAILED',
  'AUDIT_STORE_LOCKED',
  'STORAGE_RECORDS_FAILED',
  'STORAGE_RECORDS_LOCKED',
  'PLUGINS_ABORTED',
  'PLUGINS_BUSY',
  'PLUGINS_CLOSED',
  'PLUGINS_CRASHED',
  'PLUGINS_FAILED',
  'PLUGINS_HOST_FAILED',
  'PLUGINS_LIMIT',
  'PLUGINS_SCAN_RULE_FAILED',
  'PLUGINS_TRIPPED',
  'PLUGINS_UNHEALTHY',
]);

/** A person has to consent first. */
const WAITING = new Set(['PLUGINS_CALL_APPROVAL_NEEDED']);

/** Refused by what keeps plugins in their bounds. */
const BLOCKED = new Set([
  'APP_PLUGIN_REJECTED',
  'APP_TEMPLATE_CHANGED',
  'PLUGINS_ADMISSION_REFUSED',
  'PLUGINS_CALL_REFUSED',
  'PLUGINS_DENIED',
  'PLUGINS_MCP_TOOL_CHANGED',
]);

/** Reasons of the system why files could not be written that the caller can change by naming another place. */
const WRONG_PLACE = new Set([
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

/** Gives the exit code for anything that was thrown. */
export function exitCodeFor(error: unknown): number {
  if (!isPhasegateError(error)) return EXIT.failed;
  const byDetails = exitByDetails(error);
  if (byDetails !== undefined) return byDetails;
  if (WAITING.has(error.code)) return EXIT.waiting;
  if (BLOCKED.has(error.code)) return EXIT.blocked;
  if (USAGE.has(error.code)) return EXIT.usage;
  const [folder = ''] = error.code.split('_');
  return USAGE_FOLDERS.has(folder) && !FAILED.has(error.code) ? EXIT.usage : EXIT.failed;
}

/** Codes that mean one thing or another by their details. */
function exitByDetails({ code, details }: PhasegateError): number | undefined {
  switch (code) {
    case 'APP_OUTPUT_FAILED':
      return WRONG_PLACE.has(String(details['reason'])) ? EXIT.usage : EXIT.failed;
    case 'PLUGINS_SCHEMA_MISMATCH':
      // What a plugin gives is not its caller's doing.
      return details['side'] === 'output' ? EXIT.failed : EXIT.usage;
    case 'PLUGINS_APPROVAL_NEEDED':
      return details['state'] === 'rejected' ? EXIT.blocked : EXIT.waiting;
    default:
      return undefined;
  }
}

/** Gives the exit code for where a run stands. */
export function exitCodeOf(status: 'completed' | 'waiting' | 'blocked' | 'running'): number {
  const codes = { ...EXIT, running: EXIT.failed };
  return codes[status];
}
