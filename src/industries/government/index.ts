export { governmentTrade } from './trade.ts';
