import { digestOf, frozenJson } from '../../../kernel/index.ts';
import { mcpTool } from './mcp-operation.ts';
import type { Offer } from './visible-operations.ts';

/** How a change of what is on offer is found. */
export interface WatchParts {
  /** Another number after any process has written. */
  readonly revision: () => number | Promise<number>;
  readonly offer: () => Promise<Offer>;
  readonly everyMs: number;
  /** Told when another list would be given than before. */
  readonly onChange: () => void;
  /** Told of a look that failed; the next one may go better. */
  readonly onFailure: (error: unknown) => void;
}

/** Looks for changes of the registry, of this process and others. @returns What ends the looking. */
export function watchOffer(parts: WatchParts): () => void {
  const { revision, offer, everyMs, onChange, onFailure } = parts;
  let known: { readonly revision: number; readonly digest: string } | undefined;
  let looking = false;
  const look = async (): Promise<void> => {
    const now = await revision();
    // Most writes are history; only another list is worth telling.
    if (known?.revision === now) return;
    const digest = digestOfOffer(await offer());
    const isChange = known !== undefined && known.digest !== digest;
    known = { revision: now, digest };
    if (isChange) onChange();
  };
  const tick = (): void => {
    if (looking) return;
    looking = true;
    look()
      .catch(onFailure)
      .finally(() => {
        looking = false;
      });
  };
  tick();
  const timer = setInterval(tick, everyMs).unref();
  return () => clearInterval(timer);
}

/** Gives what tells one list of tools from another. */
function digestOfOffer({ visible }: Offer): string {
  return digestOf(frozenJson(visible.map(mcpTool)));
}
