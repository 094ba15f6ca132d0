import type { Limits } from '../../contract/index.ts';
import type { Child } from './child-process.ts';

/** A limit that only looking from outside can find. */
export type Reached = 'wallMs' | 'cpuMs' | 'memoryMb';

/** How often a child is looked at: how far it can get beyond a limit. */
const LOOK_EVERY_MS = 25;
/** Memory that Node takes for itself before a plugin has done anything, when nothing is known of this child yet. */
const NODE_MB = 96;

/**
 * Watches one call of a child. Memory counts from what the process holds already when the call begins, so that Node's own share
 * is not the plugin's.
 *
 * @returns What ends the watching.
 */
export function watchChild(
  child: Child,
  { wallMs, cpuMs, memoryMb, loading }: Limits & { readonly loading: boolean },
  reached: (limit: Reached) => void,
): () => void {
  const before = child.resources();
  const freeMb = loading ? NODE_MB : Math.max(NODE_MB, (before?.rssBytes ?? 0) / 2 ** 20);
  const wall = setTimeout(() => reached('wallMs'), wallMs);
  const look = setInterval(() => {
    const now = child.resources();
    if (now === undefined) return;
    if (now.rssBytes > (freeMb + memoryMb) * 2 ** 20) reached('memoryMb');
    // Starting Node takes processor time of its own.
    else if (!loading && now.cpuMs - (before?.cpuMs ?? 0) > cpuMs) reached('cpuMs');
  }, LOOK_EVERY_MS);
  return () => {
    clearTimeout(wall);
    clearInterval(look);
  };
}
