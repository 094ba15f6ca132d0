import { issueReceipt, openEmbeddedAudit, parseEntry, readEntries } from '../../audit/index.ts';
import { loadConfig, type LoadOptions } from '../../config/index.ts';
import { NothingRecordedError } from '../errors.ts';

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
  const { dataDir } = await loadConfig(options);
  const audit = await openEmbeddedAudit({ directory: dataDir });
  try {
    let run: string | undefined;
    for await (const { body } of readEntries(audit.log, { thread })) {
      run = parseEntry(body).event.run ?? run;
    }
    if (run === undefined) throw new NothingRecordedError(thread);
    return { run, receipt: await issueReceipt(audit.log, run) };
  } finally {
    await audit[Symbol.asyncDispose]();
  }
}
