import { PhasegateError } from '../kernel/index.ts';

/** A description that cannot work; found when it is built. */
export class InvalidDefinitionError extends PhasegateError {
  readonly code = 'WORKFLOW_INVALID_DEFINITION';
  constructor(place: string, expected: string) {
    super(`In ${place}: expected ${expected}.`, {
      hint: 'Mend the definition at the place named; nothing was run.',
      details: { place },
    });
  }
}

/** An agent produced something else than its artifact's schema allows. */
export class InvalidArtifactError extends PhasegateError {
  readonly code = 'WORKFLOW_INVALID_ARTIFACT';
  constructor(
    agent: string,
    issues: readonly { readonly path: readonly PropertyKey[]; readonly code: string }[],
  ) {
    const places = issues
      .slice(0, 5)
      .map(({ path, code }) => `${path.map(String).join('.') || 'the artifact'} (${code})`);
    super(
      `The agent "${agent}" produced what its artifact's schema refuses, at: ${places.join(', ')}.`,
      {
        hint: "Mend the agent, or its artifact's schema.",
        details: { agent, issues: issues.length },
      },
    );
  }
}

/** A visit of a phase took longer than its limit. Its model calls and tools were cancelled; nothing of it is kept. */
export class PhaseTimeoutError extends PhasegateError {
  readonly code = 'WORKFLOW_PHASE_TIMEOUT';
  constructor(phase: string, timeoutMs: number, cause: unknown) {
    super(`The phase "${phase}" was not done within ${timeoutMs} ms.`, {
      hint: "Run the thread again: it goes on at this phase. If that does not help, raise the phase's timeout.",
      retryable: true,
      details: { phase, timeoutMs },
      cause,
    });
  }
}

/** Something else than the framework's own nodes tried to write a sealed part of the state. */
export class UnsealedWriteError extends PhasegateError {
  readonly code = 'WORKFLOW_UNSEALED_WRITE';
  constructor(channel: string, problem: string) {
    super(`Refused to write "${channel}": ${problem}.`, {
      hint: 'Only the phases write it. Give new input by { input }, answers by Command({ resume }).',
      details: { channel },
    });
  }
}

/** New input came while a run is under way on the thread. Nothing was changed. */
export class RunInProgressError extends PhasegateError {
  readonly code = 'WORKFLOW_RUN_IN_PROGRESS';
  constructor(thread: string, last: string | null) {
    const where = last === null ? 'in its first phase' : `behind "${last}"`;
    super(`Thread "${thread}" has a run under way, which stands ${where}.`, {
      hint: 'Resume it (invoke with null, or Command({ resume })), or use another thread.',
      details: { thread, ...(last === null ? {} : { phase: last }) },
    });
  }
}

/** A caller tried to steer the graph past its gates. Nothing was changed. */
export class SteeringRefusedError extends PhasegateError {
  readonly code = 'WORKFLOW_STEERING_REFUSED';
  constructor(what: string) {
    super(`Refused ${what}: only a gate moves a run.`, {
      hint: 'Send Command({ resume }) alone, { input } for a new run, or null to go on.',
      details: { what },
    });
  }
}

/** An answer came for an interrupt that was answered before, at an old checkpoint. Nothing was changed. */
export class AlreadyAnsweredError extends PhasegateError {
  readonly code = 'WORKFLOW_ALREADY_ANSWERED';
  constructor(thread: string) {
    super(`The question at this checkpoint of thread "${thread}" was answered before.`, {
      hint: 'Fork the thread from this checkpoint, run the fork with null, and answer the question that it asks.',
      details: { thread },
    });
  }
}

/** An answer came to a question that has one already, which the run has not gone on with yet. Nothing was changed. */
export class AnswerOnItsWayError extends PhasegateError {
  readonly code = 'WORKFLOW_ANSWER_ON_ITS_WAY';
  constructor(thread: string) {
    super(
      `The question of thread "${thread}" has an answer that the run has not gone on with yet.`,
      {
        hint: 'Go on with it: run the thread with null, or "phasegate run" with the same input and thread; then see what it asks.',
        details: { thread },
      },
    );
  }
}

/** An answer came to a thread that waits for none. Nothing was changed. */
export class NothingAskedError extends PhasegateError {
  readonly code = 'WORKFLOW_NOTHING_ASKED';
  constructor(thread: string) {
    super(`Thread "${thread}" has asked nothing that this would answer.`, {
      hint: 'Go on with null; the thread says when it waits for a person, and shows the question.',
      details: { thread },
    });
  }
}

/** The state of a thread is not one that this workflow can read. */
export class UnreadableStateError extends PhasegateError {
  readonly code = 'WORKFLOW_UNREADABLE_STATE';
  /** Whether it is sound, and another workflow or version has to read it; then nothing may be closed over it. */
  readonly foreign: boolean = false;
  constructor(problem: string, cause?: unknown) {
    super(`The state of this thread cannot be read: ${problem}.`, {
      hint:
        'If another version or seal key wrote it, run with those. If it was changed in the store, list its checkpoints ("phasegate history ' +
        'THREAD") and go on from one before the change ("phasegate replay THREAD --from CHECKPOINT"); nothing else of it is lost.',
      cause,
    });
  }
}

/** The thread belongs to another workflow, or to another version of this one. Nothing was changed. */
export class ForeignStateError extends UnreadableStateError {
  override readonly foreign = true;
}

/** The key was destroyed that stood for a thread itself: what its records were sealed over is gone, and nobody tampered with it. */
export class ErasedStateError extends UnreadableStateError {
  override readonly hint =
    'Begin another thread. What is on record of this one: "phasegate audit show THREAD".';
}

/** The audit trail holds decisions of a thread that its state does not know: the state is an older one. Nothing was changed. */
export class StateBehindTrailError extends PhasegateError {
  readonly code = 'WORKFLOW_STATE_BEHIND_TRAIL';
  constructor(
    { thread, checkpoint = 'CHECKPOINT' }: { thread: string; checkpoint?: string | undefined },
    told: string,
  ) {
    super(`The state of thread "${thread}" is older than its audit trail, which holds ${told}.`, {
      hint:
        'Somebody put an older state back or took it away, the store removed the thread at the end of its lifetime, or steps were lost: by ' +
        'a durability other than "sync", a failover, or a journal that died with its machine. To go on from what is there, say so on record: ' +
        `"phasegate replay ${thread} --from ${checkpoint}" does so and runs on from there ("phasegate history ${thread}" lists all ` +
        "checkpoints). A program records threadChanged({ what: 'fork', ... }) of phasegate/audit, or 'delete' for a thread that it deleted.",
      details: { thread },
    });
  }
}

/** The audit trail gave no answer, so what was to be recorded must not happen. */
export class AuditTimeoutError extends PhasegateError {
  readonly code = 'WORKFLOW_AUDIT_TIMEOUT';
  constructor(timeoutMs: number) {
    super(`The audit trail did not answer within ${timeoutMs} ms, so the run does not go on.`, {
      hint: 'Mend the audit trail, then run again: the run goes on where it stands, and nothing is recorded twice.',
      retryable: true,
      details: { timeoutMs },
    });
  }
}

/** A workflow was compiled with options that cannot work. */
export class InvalidOptionsError extends PhasegateError {
  readonly code = 'WORKFLOW_INVALID_OPTIONS';
  constructor(problem: string, hint: string) {
    super(`The workflow cannot be compiled: ${problem}.`, { hint });
  }
}

/** The input does not fit the workflow. Nothing was run. */
export class InvalidInputError extends PhasegateError {
  readonly code = 'WORKFLOW_INVALID_INPUT';
  constructor(
    workflow: string,
    issues: readonly { readonly path: readonly PropertyKey[]; readonly code: string }[],
  ) {
    const places = issues
      .slice(0, 5)
      .map(({ path, code }) => `${path.map(String).join('.') || 'input'} (${code})`);
    super(`The input does not fit the workflow "${workflow}", at: ${places.join(', ')}.`, {
      hint: "Give { input } in the shape of the workflow's input schema.",
      details: { workflow, issues: issues.length },
    });
  }
}
