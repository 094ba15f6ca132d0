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
export type { Compression, CompressionOptions } from '../../compression.ts';
export type { Lifetime } from '../../lifetime.ts';
export type {
  Arrived,
  ImportOptions,
  MoveOptions,
  PrunePolicy,
  PruneReport,
  ThreadImport,
} from '../../engine/index.ts';
export type { ThreadMoves } from '../../thread-moves.ts';
export {
  openRedisSessions,
  type RedisSessionsOptions,
  type RedisSessionsSettings,
} from './sessions/index.ts';
export type {
  JournalOptions,
  OutageScope,
  OutageState,
  StorageHealth,
} from '../../journal/index.ts';
