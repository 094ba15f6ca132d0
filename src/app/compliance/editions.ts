import {
  editionChanges,
  findStandard,
  STANDARD_IDS,
  type Standard,
  type StandardBinding,
} from '../../compliance/index.ts';
import type { EditionInForce } from '../../reports/index.ts';
import type { App } from '../open-app.ts';
import { changesIn, type LoadedStandard } from '../policy/standards/load-standards.ts';
import { workflowOf } from '../policy/workflow-of.ts';
import { WORKFLOWS } from '../workflows/catalogue.ts';

/** Tells of a pack that the configuration names what it says otherwise than the one whose place it takes. @throws APP_* */
export function editionInForce(app: App, loaded: LoadedStandard): EditionInForce {
  const { workflow, file, standard, signature } = loaded;
  // That the pack can be in force is found here as it is when a run begins.
  workflowOf(app, workflow);
  return {
    workflow,
    file,
    version: standard.version,
    digest: standard.digest,
    signedBy: signature.status === 'signed' ? signature.keyId : null,
    changes: changesIn(loaded),
  };
}

/** Gives the changed packs of a standard that are in force, and the one that a report asks by if it is none of them. */
export function editionsOf(
  app: App,
  { standard, file }: ReportedStandard,
): readonly EditionInForce[] {
  const { id, version, digest } = standard;
  const inForce = app.policies.standards
    .filter((loaded) => loaded.standard.id === id)
    .map((loaded) => editionInForce(app, loaded));
  if (!STANDARD_IDS.includes(id)) return inForce;
  const shipped = findStandard(id);
  const isKnown = inForce.some((edition) => edition.digest === digest);
  if (isKnown || digest === shipped.digest) return inForce;
  const changes = editionChanges(standard, shipped);
  return [{ workflow: null, file, version, digest, signedBy: null, changes }, ...inForce];
}

/** A pack that a report asks by. */
export interface ReportedStandard {
  readonly standard: Standard;
  /** Empty for one that comes with Phasegate. */
  readonly file: string;
}

/**
 * Gives the pack that a report on a standard asks by: a changed one where all workflows that the standard asks are asked by that one,
 * else the one that comes with Phasegate.
 *
 * @throws COMPLIANCE_UNKNOWN_STANDARD
 */
export function reportedStandard(app: App, id: string): ReportedStandard {
  const shipped = findStandard(id);
  const changed = app.policies.standards.filter(({ standard }) => standard.id === id);
  const [first] = changed;
  if (first === undefined) return { standard: shipped, file: '' };
  const isEverywhere = bindingsOf(app, id).every(
    ({ standard }) => standard.digest === first.standard.digest,
  );
  return isEverywhere ? first : { standard: shipped, file: '' };
}

/**
 * Gives the checks of a standard that only gates ask and that every workflow of the standard sets aside, by their ids, with the reasons
 * that are recorded there.
 */
export function setAside(app: App, { id, checks }: Standard): ReadonlyMap<string, string> {
  const bound = bindingsOf(app, id);
  const atGates = checks.filter(
    ({ mode, primitive }) => mode === 'gate' || primitive.report === undefined,
  );
  return new Map(
    atGates.flatMap((check) => {
      const reasons = bound.flatMap(({ notApplicable }) => notApplicable.get(check.id) ?? []);
      const isSetAside = bound.length > 0 && reasons.length === bound.length;
      return isSetAside ? [[check.id, [...new Set(reasons)].join(' ')] as const] : [];
    }),
  );
}

function bindingsOf(app: App, id: string): readonly StandardBinding[] {
  return WORKFLOWS.flatMap((workflow) =>
    (workflowOf(app, workflow.id).compliance?.standards ?? []).filter(
      ({ standard }) => standard.id === id,
    ),
  );
}
