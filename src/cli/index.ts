export type { CliCommand, CommandContext } from './command-context.ts';
export {
  EditorFailedError,
  InvalidAnswerFileError,
  ModelNotNamedError,
  NotInteractiveError,
  UnknownQuestionError,
  UnwritableFileError,
  UsageError,
} from './errors.ts';
export { createProgram } from './program.ts';
