export {
  openRedisStorage,
  type RedisStorage,
  type RedisStorageOptions,
  type RedisStorageSettings,
} from './open-redis-storage.ts';
export type {
  ClusterServers,
  NodeAddress,
  RedisServers,
  SentinelServers,
  SingleServer,
} from './connection/index.ts';
export type { ServerFacts } from './check-server.ts';
export type { Lifetime } from './redis-store.ts';
export type { PrunePolicy, PruneReport } from '../../engine/index.ts';
export { openRedisSessions, type RedisSessionsOptions } from './sessions/index.ts';
