export { connect, type Answer, type Client } from './connection/index.ts';
