export { createRedisThreadIndex } from './thread-index.ts';
