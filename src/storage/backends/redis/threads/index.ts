export { createRedisThreadIndex, type RedisThreadIndexParts } from './thread-index.ts';
