import { PhasegateError } from '../../kernel/index.ts';

/** The root of everything that goes wrong with plugins. */
export abstract class PluginError extends PhasegateError {}
