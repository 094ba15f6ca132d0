import { PluginError } from './plugin-error.ts';

/** A plugin answers something else than its kind promises. */
export class KindMismatchError extends PluginError {
  readonly code = 'PLUGINS_KIND_MISMATCH';
  constructor(plugin: string, operation: string, expected: string) {
    super(`"${operation}" of plugin ${plugin} did not answer with ${expected}.`, {
      hint: 'The plugin does not keep what its kind promises: mend or disable it.',
      details: { plugin, operation },
    });
  }
}

/** A workflow template, or what it is to be filled in with, cannot be used. */
export class InvalidTemplateError extends PluginError {
  readonly code = 'PLUGINS_INVALID_TEMPLATE';
  constructor(template: string, place: string, why: string) {
    super(`The template ${template} cannot be used at ${place}: ${why}.`, {
      hint: 'Give every parameter that "describe" names, or mend the template at the place named.',
      details: { template, place },
    });
  }
}
