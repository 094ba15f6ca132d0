import { startServer } from './fixtures/redis-server.ts';
import { runOnServers } from './fixtures/run-on-servers.ts';

runOnServers('Valkey', async () => {
  const server = await startServer({ kind: 'valkey', settings: ['--appendonly', 'no'] });
  return { ...server, servers: { url: server.url } };
});
