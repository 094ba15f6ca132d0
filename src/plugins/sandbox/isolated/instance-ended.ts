import type { Ending } from './messages.ts';

/** What the code of a plugin did that its instance does not survive. */
export class InstanceEnded extends Error {
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(ending.kind);
    this.ending = ending;
  }
}

/** The engine's own words for what it ran out of. */
export function limitIn(why: string): Ending | undefined {
  if (why === 'InternalError: interrupted') return { kind: 'limit', limit: 'cpuMs' };
  if (why === 'InternalError: out of memory' || why === 'InternalError: string too long')
    return { kind: 'limit', limit: 'memoryMb' };
  return undefined;
}

/** A crash while a plugin is loaded is one of its module. */
export function loadFailure(ending: Ending): InstanceEnded {
  return new InstanceEnded(ending.kind === 'crash' ? { kind: 'load', why: ending.why } : ending);
}
