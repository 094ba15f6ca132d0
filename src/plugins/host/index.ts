export { createHost, type HostParts, type HostServices } from './create-host.ts';
