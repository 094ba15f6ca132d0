export { eraseSubject, type SubjectErasure } from './erase-subject.ts';
export { subjectVault } from './field-vault.ts';
export {
  exportSubject,
  findSubject,
  type HeldInThread,
  type HeldValue,
  type SubjectExport,
  type SubjectFindings,
} from './subject-data.ts';
