import { isPhasegateError } from '../../kernel/index.ts';
import { readPackage, type PluginVersion } from '../../plugins/index.ts';

/** How the folder that a version came from compares with what was admitted, which is what runs. */
export type FolderState =
  | 'same'
  /** It was changed since, or holds another version by now. */
  | 'differs'
  /** It is gone, or cannot be read as a plugin any more. */
  | 'unreadable'
  /** The version did not come from a folder. */
  | 'none';

/** Looks at the folder that a version was added from. Whatever it holds by now, the copy that was admitted is what runs. */
export async function folderStateOf({
  source,
  digest,
}: Pick<PluginVersion, 'source' | 'digest'>): Promise<FolderState> {
  if (!source.startsWith('/') && !/^[A-Za-z]:\\/.test(source)) return 'none';
  try {
    return (await readPackage(source)).digest === digest ? 'same' : 'differs';
  } catch (error) {
    if (isPhasegateError(error)) return 'unreadable';
    throw error;
  }
}
