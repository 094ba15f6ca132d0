export { fismaStandard } from './pack.ts';
