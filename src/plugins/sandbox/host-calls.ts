import type { HostCall } from '../contract/index.ts';

/** Every call of the host, in the order of the contract. Anything else is refused before it leaves a plugin's boundary. */
export const HOST_CALLS: readonly HostCall[] = Object.freeze([
  'fetch',
  'readFile',
  'writeFile',
  'env',
  'callTool',
  'complete',
  'getState',
  'setState',
  'emit',
  'now',
  'random',
  'progress',
  'log',
]);
