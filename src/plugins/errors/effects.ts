import { PluginError } from './plugin-error.ts';

/** An operation with side effects was called without a person's consent to exactly these arguments. */
export class CallApprovalNeededError extends PluginError {
  readonly code = 'PLUGINS_CALL_APPROVAL_NEEDED';
  constructor(plugin: string, operation: string, inputDigest: string) {
    super(
      `"${operation}" of plugin ${plugin} has effects and needs an approval of these arguments.`,
      {
        hint: 'Have a person approve the call; the approval is bound to the digest of the arguments.',
        details: { plugin, operation, inputDigest },
      },
    );
  }
}

/** An effect was begun before and nobody knows how it ended; it is not begun a second time. */
export class EffectUnknownError extends PluginError {
  readonly code = 'PLUGINS_EFFECT_UNKNOWN';
  constructor(plugin: string, operation: string, effectKey: string) {
    super(`"${operation}" of plugin ${plugin} was begun before, and how it ended is not known.`, {
      hint: `Look at the other side whether it happened, then say it: phasegate plugins settle ${effectKey}.`,
      details: { plugin, operation, effectKey },
    });
  }
}

/** An effect happened before, and what came of it is sealed with another key, or was changed. It is not begun again. */
export class EffectUnreadableError extends PluginError {
  readonly code = 'PLUGINS_EFFECT_UNREADABLE';
  constructor(plugin: string, operation: string, cause?: unknown) {
    super(`"${operation}" of plugin ${plugin} has happened, and what came of it cannot be read.`, {
      hint: 'Give all processes that share these records the seal key that it was kept with (PHASEGATE_SEAL_KEY).',
      details: { plugin, operation },
      cause,
    });
  }
}

/** No effect with this key waits to be settled. */
export class NothingToSettleError extends PluginError {
  readonly code = 'PLUGINS_NOTHING_TO_SETTLE';
  constructor(effectKey: string) {
    super(`No effect with the key "${effectKey}" waits to be settled.`, {
      hint: '`phasegate plugins show` and `phasegate plugins doctor` name the keys of interrupted calls.',
      details: { effectKey },
    });
  }
}
