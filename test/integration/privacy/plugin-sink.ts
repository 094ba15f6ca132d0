import { applyDataPolicy } from '../../../src/plugins/data/index.ts';
import { EVERYTHING } from './canaries.ts';
import type { Scrubbing } from './sinks.ts';

/** What a plugin gets of arguments that hold everything. */
export function applyRedaction(scrubbing: Scrubbing): string {
  const rule = {
    plugin: '*',
    operation: '*',
    direction: 'both',
    data: [],
    action: 'redact',
  } as const;
  const place = { plugin: 'a', operation: 'b', direction: 'arguments', reachesOut: false } as const;
  const rules = scrubbing === 'on' ? [rule] : [];
  return JSON.stringify(applyDataPolicy({ note: EVERYTHING }, place, { rules }));
}
