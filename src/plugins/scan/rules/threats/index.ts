export { dynamicCode } from './dynamic-code.ts';
export { computedImport, dangerousModule, outsideImport, remoteImport } from './imports.ts';
export { unreadCode } from './unread-code.ts';
export { computedGlobal, prototypeWrite, webAssembly, withStatement } from './world.ts';
