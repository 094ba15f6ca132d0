import process from 'node:process';

import type { Facts } from '../kernel/index.ts';

type Notice = string | ((facts: Facts) => string | undefined);

/** What a person is told of an event that matters; `{fact}` is where a fact stands. */
const NOTICES: Readonly<Record<string, Notice>> = {
  'answer-draft-unreadable':
    'The answers that were begun for thread {thread} cannot be read, so its questions are asked anew.',
  'gate-failed':
    'The gate behind phase {phase} of thread {thread} could not decide ({code}), so it blocks.',
  'journal-purge-failed':
    'The journal of this machine could not be tidied ({code}); nothing in it is lost.',
  'journal-set-aside':
    'What the journal held of thread {thread} does not hold together ({code}): it was set aside, and nothing was made of it.',
  'log-checkpoint-failed':
    'The log of the database could not be moved into it ({code}); the next command that opens it does so.',
  'model-usage-estimated':
    'The server of the model does not count tokens: what was used and what it cost are estimates from above.',
  'phase-fell-back':
    'The model failed in phase {phase} ({code}), so its simulated agent worked instead.',
  'phase-refused': 'Phase {phase} of thread {thread} refused to begin ({code}).',
  'phase-tools-unavailable':
    'Tools of the workflow {workflow} cannot be used ({code}): its phases work without them.',
  'plugin-history-not-written': 'A call of a plugin could not be written into its history.',
  'run-blocked': 'The run {run} is blocked, because its state cannot be read ({code}).',
  'sessions-clean-up-failed': 'Sessions that have ended could not be removed; it is tried again.',
  'sessions-store-away':
    'The store of sessions is away ({code}): they are kept in memory until it is back.',
  'sessions-store-lost-revocations':
    'The store of sessions has lost revocations: those that this process knows hold all the same.',
  'spending-ledger-unreadable':
    'What was spent on thread {thread} earlier cannot be read: its budget counts what the state knows.',
  'storage-master-confirms-alone':
    'The master at {place} confirms writes that no replica has: set min-replicas-to-write 1 there.',
  'storage-reconcile-failed':
    'What the journal holds could not be brought to {place} ({code}); it stays here, and is tried again.',
  'storage-server-cannot-write-its-log':
    'The server at {place} cannot write its append-only file: give its disk room, and read its log.',
  'storage-server-changed':
    'The server at {place} is another one, or lost what it held: what the journal knows is compared with it.',
  'storage-server-leaves-its-log-in-memory':
    'The server at {place} may lose what it confirmed (appendfsync no): CONFIG SET appendfsync everysec.',
  'storage-server-not-checked': 'The server at {place} did not answer, and was not checked.',
  'storage-server-without-append-only-file':
    'The server at {place} may lose what it confirmed when it ends: CONFIG SET appendonly yes.',
  'storage-state-changed': outageNotice,
  'thread-conflict':
    'Thread {thread} was written by others while the server was away: what this machine wrote is kept beside it ("phasegate threads").',
  'thread-deleted-meanwhile':
    'Thread {thread} was deleted while the server was away: what this machine wrote of it is gone.',
  'thread-lock-lost':
    'The lock of thread {thread} was lost, and another process may work on it: this one stops.',
  'thread-lock-release-failed':
    'The lock of thread {thread} could not be given free ({code}): it runs out by itself.',
  'thread-lock-renewal-failed':
    'The lock of thread {thread} could not be renewed ({code}); it is tried again.',
  'thread-lost':
    'The server has lost steps of thread {thread} that it had confirmed, and this machine holds no copy of them.',
  'thread-replayed':
    'What was written of thread {thread} while the server was away has been brought to it.',
  'thread-restored': 'The server had lost thread {thread}: it was brought back from the journal.',
  'tool-failed': 'A tool failed in phase {phase} ({code}); its agent was told so.',
  'tracing-failed': 'A trace could not be delivered; the run goes on without it.',
  'tracing-flush-cut': 'Not every trace was delivered within {timeoutMs} ms; the rest was dropped.',
  'tracing-paused': 'Traces are not taken: none is sent for the next {delayMs} ms.',
  'tracing-refused':
    'Another LangSmith client of this process was kept from sending: it does not anonymise.',
  'trail-summary-unused':
    'The summary of the audit trail is not used ({reason}): the trail is read from its beginning. Delete trail-summary.json in the data folder.',
  'trail-summary-unwritten':
    'The summary of the audit trail could not be kept: the next command reads the trail from its beginning.',
  'waiver-unsealed': 'The waiver in {file} was not sealed here, so it counts for nothing.',
  'write-refused':
    'A stored part of a thread does not hold ({code}): it was left out when it was read.',
};

/** Names of the events that have a sentence of their own. */
export const NOTICED_EVENTS: readonly string[] = Object.freeze(Object.keys(NOTICES));

/** Gives what a person is told of an event; undefined for what is no news. */
export function noticeOf(event: string, facts: Facts): string | undefined {
  const notice = Object.hasOwn(NOTICES, event) ? NOTICES[event] : undefined;
  if (typeof notice === 'function') return notice(facts);
  if (notice === undefined) return `${event.replaceAll('-', ' ')}${listed(facts)}.`;
  return notice
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '?'))
    .replace(' (?)', '');
}

/** Gives a writer of sentences to standard error, each once: what is said again and again is heard by nobody. */
export function noticeWriter(
  write: (line: string) => void = toStandardError,
): (event: string, facts: Facts) => void {
  const said = new Set<string>();
  const away = new Set<string>();
  return (event, facts) => {
    const notice = noticeOf(event, facts);
    if (notice === undefined || said.has(notice)) return;
    // A server that was well when this process began has not come back.
    const server = event === 'storage-state-changed' ? String(facts['place']) : undefined;
    if (server !== undefined && facts['to'] === 'closed' && !away.has(server)) return;
    if (server !== undefined) away.add(server);
    said.add(notice);
    write(`! ${notice}\n`);
  };
}

function outageNotice({ place, to, cause }: Facts): string | undefined {
  const server = `The server at ${String(place)}`;
  if (to === 'closed') return `${server} works again.`;
  if (to === 'fatal') return `${server} can no longer be used (${String(cause)}).`;
  if (to !== 'open') return undefined;
  const what = cause === 'STORAGE_UNAVAILABLE' ? 'is away' : `takes no writes (${String(cause)})`;
  return `${server} ${what}: what is written is kept in the journal of this machine, and brought there later.`;
}

function listed(facts: Facts): string {
  const all = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`);
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

/** Not by its number: a display that redraws lines holds back what is written to the stream meanwhile. */
function toStandardError(line: string): void {
  const { stderr } = process;
  // A closed pipe must not end the run that is told of.
  if (stderr.listenerCount('error') === 0) stderr.on('error', () => undefined);
  stderr.write(line);
}
