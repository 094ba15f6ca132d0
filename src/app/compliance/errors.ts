import { PhasegateError } from '../../kernel/index.ts';

/** A file of evidence tells what only the trail and the store may tell. */
export class SuppliedEvidenceError extends PhasegateError {
  readonly code = 'APP_SUPPLIED_EVIDENCE';
  constructor(file: string, parts: readonly string[]) {
    super(`The file ${file} holds ${parts.join(', ')}, which is observed and never supplied.`, {
      hint: 'Leave these parts out: a report takes them from the audit trail, the store and the configuration.',
      details: { file, parts: parts.length },
    });
  }
}
