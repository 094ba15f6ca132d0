import { InvalidOverlayError, InvalidStandardError } from '../errors.ts';
import { defineStandard } from './define-standard.ts';
import type { StandardPack } from './pack-schema.ts';
import type { Standard } from './standard.ts';

/** Changes of parameters, by the id of the check. What is not named stays. */
export type OverlayChanges = Readonly<Record<string, StandardPack['checks'][number]['parameters']>>;

/**
 * Lays changes of parameters over a standard, as an industry or a user does. Never adds a check, and never changes
 * what one asks. The result has another digest.
 *
 * @throws {@link InvalidOverlayError} for a check that is not there, and for a parameter that it does not have.
 */
export function overlay(standard: Standard, changes: OverlayChanges): Standard {
  const { pack } = standard;
  for (const [id, parameters] of Object.entries(changes)) {
    const check = pack.checks.find((one) => one.id === id);
    if (check === undefined) throw new InvalidOverlayError(standard.id, id, 'there is none');
    const laid = { ...check, parameters: { ...check.parameters, ...parameters } };
    const problem = problemOf({ ...pack, checks: [laid] });
    if (problem !== undefined) throw new InvalidOverlayError(standard.id, id, problem);
  }
  return defineStandard({
    ...pack,
    checks: pack.checks.map((check) => {
      const laid = Object.hasOwn(changes, check.id) ? changes[check.id] : undefined;
      return laid === undefined
        ? check
        : { ...check, parameters: { ...check.parameters, ...laid } };
    }),
  });
}

function problemOf(pack: StandardPack): string | undefined {
  try {
    defineStandard(pack);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidStandardError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`).join(' ');
  }
}
