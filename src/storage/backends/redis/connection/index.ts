export type { Answer, Client } from './client.ts';
export { connect } from './connect.ts';
export type { NodeReport } from './inspect-nodes.ts';
export { keySlot } from './key-slot.ts';
export { placeOf } from './servers.ts';
export type {
  ClusterServers,
  NodeAddress,
  RedisServers,
  SentinelServers,
  SingleServer,
} from './servers.ts';
