export {
  openRedisSessions,
  type RedisSessionsOptions,
  type RedisSessionsSettings,
} from './open-redis-sessions.ts';
