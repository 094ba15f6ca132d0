export { healthcareTrade } from './trade.ts';
