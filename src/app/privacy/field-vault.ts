import type { SubjectKeys } from '../../audit/index.ts';
import { derivedVault, type FieldVault } from '../../workflow/index.ts';
import { FieldKeyMissingError } from '../errors.ts';
import type { AppAudit } from '../evidence/index.ts';

const DERIVED = 'derived/1:';

/**
 * Gives the keys of persons that the audit trail keeps, for the fields of workflows: what is erased there is erased here.
 *
 * @param sealKey - Opens what was stored before there was a trail.
 */
export function subjectVault(audit: Pick<AppAudit, 'open'>, sealKey: Uint8Array): FieldVault {
  const derived = derivedVault(sealKey);
  let opened: { readonly of: unknown; readonly keys: SubjectKeys } | undefined;
  const subjects = async (): Promise<SubjectKeys> => {
    const trail = await audit.open();
    if (opened?.of !== trail) opened = { of: trail, keys: trail.subjects() };
    return opened.keys;
  };
  return Object.freeze({
    conceal: async (subject: string, text: string) => (await subjects()).conceal(subject, text),
    reveal: async (concealed: string) => {
      if (concealed.startsWith(DERIVED)) return derived.reveal(concealed);
      const keys = await subjects();
      const text = await keys.reveal(concealed);
      if (text !== undefined) return { kind: 'text' as const, text };
      if (await keys.wasErased(concealed)) return { kind: 'erased' as const };
      throw new FieldKeyMissingError();
    },
  });
}
