export { technologyTrade } from './trade.ts';
