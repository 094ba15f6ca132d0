export { openOutages } from './open-outages.ts';
