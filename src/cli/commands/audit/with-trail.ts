import type { Trail } from '../../../app/index.ts';
import { loadOptionsFrom, type SharedOptions } from '../../command-context.ts';

/** Opens the audit trail of the data folder to read it, does the work and closes it, whatever happens. */
export async function withTrail<Result>(
  options: SharedOptions,
  work: (trail: Trail) => Promise<Result>,
): Promise<Result> {
  const { openTrail } = await import('../../../app/index.ts');
  const trail = await openTrail(loadOptionsFrom(options));
  try {
    return await work(trail);
  } finally {
    await trail[Symbol.asyncDispose]();
  }
}
