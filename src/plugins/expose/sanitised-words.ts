import { ToolInputParsingException } from '@langchain/core/tools';

import { isPhasegateError } from '../../kernel/index.ts';

/** What a caller is told of a failure. */
export interface SanitisedWords {
  readonly code: string;
  readonly text: string;
}

/** Our own words for what went wrong: others may hold what a plugin or a model has said. */
export function sanitisedWords(error: unknown): SanitisedWords {
  if (isPhasegateError(error)) return { code: error.code, text: `${error.message} ${error.hint}` };
  if (error instanceof ToolInputParsingException)
    return { code: 'PLUGINS_BAD_CALL', text: 'The arguments do not fit the tool.' };
  return { code: 'PLUGINS_FAILED', text: 'The tool could not be used.' };
}
