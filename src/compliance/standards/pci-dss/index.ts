export { pciDssStandard } from './pack.ts';
