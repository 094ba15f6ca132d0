export { soxStandard } from './pack.ts';
