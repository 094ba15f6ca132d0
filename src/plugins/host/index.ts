export { createHost, type HostParts, type HostServices, type ToolTarget } from './create-host.ts';
export type { Resolver } from './guarded-fetch.ts';
