export type { CliCommand, CommandContext } from './command-context.ts';
export {
  EditorFailedError,
  InvalidAnswerFileError,
  ModelNotNamedError,
  NotInteractiveError,
  StoppedError,
  UnknownQuestionError,
  UnwritableFileError,
  UsageError,
} from './errors.ts';
export { createProgram } from './program.ts';
