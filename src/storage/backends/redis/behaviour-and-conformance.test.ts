import { startRedis } from './fixtures/redis-server.ts';
import { runOnServers } from './fixtures/run-on-servers.ts';

runOnServers('Redis', async () => {
  const server = await startRedis('--appendonly', 'no');
  return { ...server, servers: { url: server.url } };
});
