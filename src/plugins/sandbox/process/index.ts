export { createProcessRuntime, type ProcessSettings } from './process-runtime.ts';
