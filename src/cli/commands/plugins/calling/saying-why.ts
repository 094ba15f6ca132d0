import { plainText } from '../../../rendering/plain-text.ts';
import type { Terminal } from '../../../terminal.ts';

/** Flag and words of the option that {@link sayingWhy} takes. */
export const WHY_OPTION = [
  '--why',
  'print what the plugin itself says when it fails: words of its own, which nobody has checked',
] as const;

/** Does some work; where it ends with the failure of a plugin, a person who asks is told what the plugin said of it. */
export async function sayingWhy<Result>(
  { why }: { readonly why?: boolean },
  terminal: Pick<Terminal, 'err'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { PluginFailedError } = await import('../../../../plugins/index.ts');
    if (why === true && error instanceof PluginFailedError && error.cause instanceof Error)
      terminal.err(plainText(`The plugin says: ${error.cause.message}`));
    throw error;
  }
}
