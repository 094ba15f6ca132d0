export { ALL_RULES } from './all-rules.ts';
export { isRunaway } from './deep/index.ts';
export { dependenciesOf } from './package/index.ts';
