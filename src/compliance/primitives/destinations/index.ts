export { breachClock } from './breach-clock.ts';
export { cryptoRest } from './crypto-rest.ts';
export { cryptoTransit } from './crypto-transit.ts';
export { regionAllowed } from './region-allowed.ts';
export { vendorAgreement } from './vendor-agreement.ts';
