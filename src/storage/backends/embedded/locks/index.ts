export { explainFence, installFence } from './lock-table.ts';
export { createThreadLocks } from './thread-locks.ts';
