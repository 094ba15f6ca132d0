export { openRedisSessions, type RedisSessionsOptions } from './open-redis-sessions.ts';
