import { hash } from 'node:crypto';

import type { AuditEvent } from '../../audit/index.ts';
import { digestOf } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import type { OutputFile } from '../workflows/catalogue.ts';
import type { AppAudit } from './audit-on-demand.ts';

/** The files of a run that are about to be written. */
export interface RunOutput {
  readonly thread: string;
  readonly run: string | null;
  readonly workflow: string;
  readonly files: readonly OutputFile[];
  /** Who lets them be written. */
  readonly by: Principal;
}

/**
 * Records an effect around `write`: the claim before anything is written, and how it ended. Files that were written before
 * with the same content are recorded once.
 *
 * @returns What `write` gives.
 * @throws AUDIT_* when the claim cannot be recorded, and then nothing is written; what `write` throws.
 */
export async function recordOutput<Written>(
  audit: AppAudit,
  output: RunOutput,
  write: () => Promise<Written>,
): Promise<Written> {
  await audit.append(effect(output, 'claimed', 'pending'));
  let written: Written;
  try {
    written = await write();
  } catch (error) {
    await audit.append(effect(output, 'failed', 'failure'));
    throw error;
  }
  await audit.append(effect(output, 'done', 'success'));
  return written;
}

function effect(
  { thread, run, workflow, files, by }: RunOutput,
  part: string,
  outcome: AuditEvent['outcome'],
): AuditEvent {
  const digests = files.map(({ path, content }) => [path, hash('sha256', content)]);
  const output = digestOf(Object.fromEntries(digests));
  const key = [thread, run ?? '', 'effect', output, part].map(encodeURIComponent).join('/');
  // Not under the run's id: its closing record has counted its entries already.
  return {
    key,
    kind: 'effect',
    actor: { id: 'phasegate/files', kind: 'service', authenticated: true, onBehalfOf: by.id },
    outcome,
    target: `files of ${workflow}`,
    thread,
    output,
    facts: { files: files.length, ...(run === null ? {} : { run }) },
  };
}
