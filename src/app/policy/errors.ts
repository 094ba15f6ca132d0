import { PhasegateError } from '../../kernel/index.ts';

/** A file of rules has no signature that counts, and one is demanded. */
export class UnsignedPolicyError extends PhasegateError {
  readonly code = 'APP_UNSIGNED_POLICY';
  constructor(file: string, status: string) {
    const why =
      status === 'unsigned'
        ? 'it has no signature'
        : status === 'other-content'
          ? 'its signature was made over other content'
          : 'no key of [policy.keys] made its signature';
    super(`The policy ${file} is refused: ${why}.`, {
      hint: 'Read the file, sign it with "phasegate policy sign", and name the public key in [policy.keys].',
      details: { file, status },
    });
  }
}

/** A waiver cannot be asked for, given or taken back. */
export class WaiverRefusedError extends PhasegateError {
  readonly code = 'APP_WAIVER_REFUSED';
  constructor(waiver: string, why: string, hint: string) {
    super(`Waiver ${waiver}: ${why}.`, { hint, details: { waiver } });
  }
}

/** No gate of the workflow asks such a check. */
export class UnknownCheckError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_CHECK';
  constructor(check: string, workflow: string, known: readonly string[]) {
    super(`No gate of the workflow "${workflow}" asks a check "${check}".`, {
      hint: `Its checks: ${known.join(', ')}.`,
      details: { check, workflow },
    });
  }
}

/** More than one gate asks the check, or not the one that was named. */
export class UnclearGateError extends PhasegateError {
  readonly code = 'APP_UNCLEAR_GATE';
  constructor(check: string, gates: readonly string[]) {
    super(`Which gate is meant? "${check}" is asked at ${gates.length}.`, {
      hint: `A waiver holds at one gate; name it: ${gates.join(', or ')}.`,
      details: { check, gates: gates.length },
    });
  }
}

/** A policy means none of the workflows. */
export class UnboundPolicyError extends PhasegateError {
  readonly code = 'APP_UNBOUND_POLICY';
  constructor(file: string, workflows: readonly string[]) {
    super(`The policy ${file} binds itself to none of the workflows that were looked at.`, {
      hint: `Name one of them in its bindings, or bind it to all by leaving "workflows" out: ${workflows.join(', ')}.`,
      details: { file },
    });
  }
}

/** No workflow is asked by the standard that a pack is an edition of. */
export class UnboundStandardError extends PhasegateError {
  readonly code = 'APP_UNBOUND_STANDARD';
  constructor(file: string, standard: string) {
    super(`${file} is an edition of "${standard}", by which no gate that was looked at asks.`, {
      hint: 'Begin with a copy of a standard of the workflow: "phasegate compliance standards --print ID --workflow W". With compliance.mode = "off" no standard asks.',
      details: { file, standard },
    });
  }
}

/** A policy is older than one that runs of the data folder went on under. */
export class OlderPolicyError extends PhasegateError {
  readonly code = 'APP_OLDER_POLICY';
  constructor(policy: string, found: string, floor: string) {
    super(`The policy "${policy}" is ${found}, and runs here went on under ${floor} before.`, {
      hint: 'Name the policy as it was, or let the change hold with "phasegate policy accept --reason TEXT", which is recorded.',
      details: { policy, found, floor },
    });
  }
}

/** The configuration does not name a policy that runs of the data folder, or of another one on the same trail, went on under. */
export class MissingPolicyError extends PhasegateError {
  readonly code = 'APP_MISSING_POLICY';
  constructor(policy: string, version: string, where: 'here' | 'elsewhere') {
    const who =
      where === 'here'
        ? `under which (${version}) runs here went on before`
        : `under which (${version}) another machine on this audit trail goes on`;
    super(`The configuration does not name the policy "${policy}", ${who}.`, {
      hint: 'Name the policy as it is there, or let the configuration hold here without it with "phasegate policy accept --reason TEXT", which is recorded.',
      details: { policy, version, where },
    });
  }
}

/** What a data folder remembers of policies was not written by this installation. */
export class ForgedFloorError extends PhasegateError {
  readonly code = 'APP_FORGED_POLICIES';
  constructor(file: string, cause: unknown) {
    super(`${file} does not say in our words which policies held here.`, {
      hint: 'Compare with the entries "policies" of the audit trail, then "phasegate policy accept --reason TEXT".',
      details: { file },
      cause,
    });
  }
}
