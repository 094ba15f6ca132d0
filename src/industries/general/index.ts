export { generalTrade } from './trade.ts';
