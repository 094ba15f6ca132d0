export { gdprStandard } from './pack.ts';
