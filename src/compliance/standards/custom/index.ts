export { customStandard } from './pack.ts';
