export { financialServicesTrade } from './trade.ts';
