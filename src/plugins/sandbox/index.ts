export { createIsolatedRuntime } from './isolated/isolated-runtime.ts';
export { DEFAULT_POOL, type PoolSettings } from './isolated/worker-pool.ts';
export { createProcessRuntime, type ProcessSettings } from './process/index.ts';
export { createTrustedRuntime } from './trusted-runtime.ts';
export { withoutHost } from './without-host.ts';
