import type { AuditActor, AuditEvent, AuditKind, AuditOutcome } from '../../audit/index.ts';
import { digestOf, type Facts } from '../../kernel/index.ts';
import type { PhaseRecord, Principal, Refusal, RunRecord, Verdict } from '../../state/index.ts';
import type { Decision } from '../agent.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';

/** Where something happens: which visit of which run. */
export interface Scene {
  readonly thread: string;
  readonly run: Pick<RunRecord, 'id' | 'by' | 'inputDigest'>;
  /** How many visits the thread had before this one. */
  readonly index: number;
  /** LangGraph's superstep: the same when a visit runs again after a crash, another in a fork. */
  readonly step: number;
  /** Digest of the workflow: its phases, transitions and gates. */
  readonly policy: string;
}

/** The agent that is at work. */
export interface Worker {
  readonly phase: PhaseShape;
  readonly variant: Variant;
  /** Digest of what it works from. */
  readonly input: string;
}

/** A model call that was made. */
export interface ModelCall {
  /** Counted from 0 within the visit, tries that failed included. */
  readonly index: number;
  readonly model: string;
  readonly input: string;
  /** Absent when it failed. */
  readonly output?: string;
  /** The error's code when it failed. */
  readonly code?: string;
  readonly facts: Facts;
}

/** What becomes of a call of a tool: `pending` before it is made, another one after; `refused` where it is not made. */
export interface ToolUse {
  /** Counted within the visit, by us: what a model calls its calls may be there twice, and may say anything. */
  readonly number: string;
  readonly outcome: 'pending' | 'success' | 'failure' | 'refused';
  /** As we know it; never what a model made up. */
  readonly tool: string;
  /** Digests; absent for arguments of which none can be made. */
  readonly input?: string;
  /** Only of a success. */
  readonly output?: string;
  /** The error's code when it failed or was refused. */
  readonly code?: string;
  /** How many calls were refused at once. */
  readonly calls?: number;
}

/** What a person decided. */
export interface Decided extends Pick<Decision<unknown>, 'kind' | 'by' | 'at'> {
  readonly action: string;
  /** Digests of what was shown and of what was decided. */
  readonly shown: string;
  readonly subject: string;
}

type Rest = Omit<AuditEvent, 'key' | 'kind' | 'run' | 'thread'>;

function event(
  scene: Scene,
  kind: AuditKind,
  { part, ...rest }: Rest & { part?: string },
): AuditEvent {
  const { thread, run, index, step, policy } = scene;
  const names = [thread, `${run.id}#${index}@${step}`, kind, ...(part === undefined ? [] : [part])];
  const key = names.map((name) => encodeURIComponent(name.toWellFormed())).join('/');
  return { key, kind, run: run.id, ...(thread === '' ? {} : { thread }), policy, ...rest };
}

export function runStarted(scene: Scene, workflow: string): AuditEvent {
  const { by, inputDigest } = scene.run;
  const actor = by === undefined ? nobody() : actorFrom(by);
  const source = by?.source ?? 'unknown';
  const told = { target: workflow, input: inputDigest, facts: { source } };
  return event(scene, 'run-started', { actor, outcome: 'success', ...told });
}

/** A caller goes on from an earlier checkpoint of the thread: as a fork of it, which is how the trail names both. */
export function wentBack(
  { thread, visits }: { readonly thread: string; readonly visits: number },
  { id, kind, authenticated, source }: Principal,
  unique: string,
): AuditEvent {
  return {
    key: [thread, 'fork', unique].map(encodeURIComponent).join('/'),
    kind: 'effect',
    actor: { id, kind, authenticated },
    outcome: 'success',
    target: 'head of the thread',
    thread,
    facts: { visits, source },
  };
}

export function phaseEntered(scene: Scene, { phase, variant, input }: Worker): AuditEvent {
  const actor = agentFrom(scene, phase, variant);
  const told = { target: phase.id, phase: phase.id, input };
  return event(scene, 'phase-entered', { actor, outcome: 'success', ...told });
}

export function phaseLeft(
  scene: Scene,
  { phase, variant, input }: Worker,
  {
    output,
    visit: { attempt, usage, answers, fallback, ...visit },
  }: { output: string; visit: PhaseRecord },
): AuditEvent {
  const actor = agentFrom(scene, phase, visit.variant ?? variant);
  const instead =
    fallback === undefined ? {} : { fallbackFrom: fallback.from, because: fallback.because };
  const facts = { attempt, answers: answers.length, ...usage, ...instead };
  const told = { target: phase.id, phase: phase.id, input, output, facts };
  return event(scene, 'phase-left', { actor, outcome: 'success', ...told });
}

/** The agent gave up; LangGraph may let it try again. */
export function phaseFailed(
  scene: Scene,
  { phase, variant, input }: Worker,
  code: string,
): AuditEvent {
  const actor = agentFrom(scene, phase, variant);
  const told = { target: phase.id, phase: phase.id, input, facts: { code } };
  return event(scene, 'phase-left', { actor, outcome: 'failure', ...told, part: 'failed' });
}

export function modelCalled(scene: Scene, { phase, variant }: Worker, call: ModelCall): AuditEvent {
  const { index, model, input, output, code, facts } = call;
  return event(scene, 'model-call', {
    part: String(index),
    actor: agentFrom(scene, phase, variant),
    outcome: code === undefined ? 'success' : 'failure',
    target: model,
    phase: phase.id,
    input,
    ...(output === undefined ? {} : { output }),
    facts: { ...facts, ...(code === undefined ? {} : { code }) },
  });
}

export function toolUsed(scene: Scene, { phase, variant }: Worker, use: ToolUse): AuditEvent {
  const { number, outcome, tool, input, output, code, calls } = use;
  return event(scene, 'access', {
    part: outcome === 'pending' ? `${number} begun` : number,
    actor: agentFrom(scene, phase, variant),
    outcome,
    target: tool,
    phase: phase.id,
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    facts: {
      tool: true,
      ...(code === undefined ? {} : { code }),
      ...(calls === undefined ? {} : { calls }),
    },
  });
}

const DECISIONS: Readonly<Record<Decided['kind'], AuditOutcome>> = {
  approved: 'allow',
  edited: 'allow',
  responded: 'revise',
  rejected: 'deny',
  undecided: 'ask',
};

export function decided(
  scene: Scene,
  { phase }: Worker,
  made: Decided & { readonly nth: number },
): AuditEvent {
  const { by, kind, action, shown, subject, at, nth } = made;
  return event(scene, 'approval', {
    part: String(nth),
    actor: actorFrom(by),
    outcome: DECISIONS[kind],
    target: action,
    phase: phase.id,
    input: shown,
    output: subject,
    facts: { decision: kind, source: by.source, givenAt: at },
  });
}

/** The verdict on the way out of the visit that the scene is set in. */
export function gateVerdict(scene: Scene, verdict: Verdict): AuditEvent {
  const { from, to, outcome, destination, gateDigest, factsDigest, checks } = verdict;
  const failed = checks.filter((check) => check.outcome !== 'pass' && check.mode === 'deny');
  const noted = checks.filter((check) => check.outcome !== 'pass' && check.mode !== 'deny');
  // Which checks a gate asked is known of it only while it is configured: the entry says it for good.
  const passed = checks.filter((check) => check.outcome === 'pass');
  const undecided = checks.filter(({ outcome: said }) => said !== 'pass' && said !== 'fail');
  const waived = checks.flatMap(({ id, waiver }) =>
    waiver === undefined ? [] : `${id}=${waiver}`,
  );
  return event(scene, 'gate-verdict', {
    actor: serviceFrom(scene, 'gate'),
    outcome,
    target: `${from} -> ${to}`,
    phase: from,
    ...(gateDigest === '' ? {} : { policy: gateDigest }),
    ...(factsDigest === '' ? {} : { input: factsDigest }),
    output: digestOf(verdict),
    facts: {
      destination,
      checks: checks.length,
      failed: failed.map(({ id }) => id).join(' '),
      passed: passed.map(({ id }) => id).join(' '),
      ...(noted.length === 0 ? {} : { noted: noted.map(({ id }) => id).join(' ') }),
      ...(undecided.length === 0 ? {} : { undecided: undecided.map(({ id }) => id).join(' ') }),
      ...(waived.length === 0 ? {} : { waived: waived.join(' ') }),
    },
  });
}

export function refused(scene: Scene, { phase, code, rerouted }: Refusal): AuditEvent {
  const actor = serviceFrom(scene, 'guard');
  const told = { target: phase, phase, facts: { code, rerouted } };
  return event(scene, 'refusal', { actor, outcome: 'refused', ...told, part: `${phase} ${code}` });
}

export function runEnded(scene: Scene, run: RunRecord, output: string): AuditEvent {
  return event(scene, 'run-ended', {
    actor: serviceFrom(scene, 'workflow'),
    outcome: run.status === 'completed' ? 'success' : 'deny',
    target: run.workflow,
    input: run.inputDigest,
    output,
    facts: { status: run.status, version: run.version },
  });
}

function actorFrom({ id, kind, roles, authenticated }: Principal): AuditActor {
  return { id, kind, authenticated, ...(roles.length === 0 ? {} : { roles }) };
}

function agentFrom(scene: Scene, { agent }: PhaseShape, variant: Variant): AuditActor {
  const id = `${agent.id}/${variant}`;
  return { id, kind: 'agent', authenticated: true, ...onBehalfOf(scene) };
}

function serviceFrom(scene: Scene, part: string): AuditActor {
  return { id: `phasegate/${part}`, kind: 'service', authenticated: true, ...onBehalfOf(scene) };
}

function nobody(): AuditActor {
  return { id: 'unknown', kind: 'unknown', authenticated: false };
}

/** Whoever began the run; who goes on with it after a crash does not act for himself. */
function onBehalfOf({ run }: Scene): Pick<AuditActor, 'onBehalfOf'> {
  return run.by === undefined ? {} : { onBehalfOf: run.by.id };
}
