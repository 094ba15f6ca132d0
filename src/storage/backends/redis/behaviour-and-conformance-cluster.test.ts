import { startCluster } from './fixtures/cluster.ts';
import { runOnServers } from './fixtures/run-on-servers.ts';

runOnServers('Redis Cluster', async () => {
  const cluster = await startCluster();
  return { ...cluster, servers: { mode: 'cluster', urls: cluster.urls.slice(0, 1) } };
});
