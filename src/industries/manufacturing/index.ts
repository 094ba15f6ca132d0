export { manufacturingTrade } from './trade.ts';
