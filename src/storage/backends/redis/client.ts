export { connect, type Answer, type Client, type ClientOptions } from './connection/index.ts';
