export { openOutages, type Outages, type OutagesParts } from './open-outages.ts';
