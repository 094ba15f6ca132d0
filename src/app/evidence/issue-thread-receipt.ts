import { issueReceipt, latestRunOf } from '../../audit/index.ts';
import { loadConfig, type LoadOptions } from '../../config/index.ts';
import { NothingRecordedError } from '../errors.ts';
import { openAudit } from './open-audit.ts';

/** A receipt, and the run that it is of. */
export interface ThreadReceipt {
  readonly run: string;
  /** One line of JSON. */
  readonly receipt: string;
}

/**
 * Issues a receipt of the latest run of a thread. It needs the audit trail alone, not the store of the threads.
 *
 * @throws CONFIG_*; AUDIT_*; {@link NothingRecordedError} for a thread without a recorded run.
 */
export async function issueThreadReceipt(
  options: LoadOptions,
  thread: string,
): Promise<ThreadReceipt> {
  const audit = await openAudit(await loadConfig(options));
  try {
    const run = await latestRunOf(audit.log, thread);
    if (run === undefined) throw new NothingRecordedError(thread);
    return { run, receipt: await issueReceipt(audit.log, run) };
  } finally {
    await audit[Symbol.asyncDispose]();
  }
}
