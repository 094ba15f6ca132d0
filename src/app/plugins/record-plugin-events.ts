import type { AuditActor, AuditEvent, AuditSink } from '../../audit/index.ts';
import { SYSTEM, type Caller, type PluginEvent, type PluginEvents } from '../../plugins/index.ts';
import type { Principal } from '../../state/index.ts';

/** The role that whoever works on this machine has. */
export const OPERATOR_ROLE = 'operator';

/** Gives who acts on plugins, as the operator of this machine. A script never has the id of a person. */
export function pluginCaller({ id, kind }: Principal, roles = [OPERATOR_ROLE]): Caller {
  return Object.freeze({ id: kind === 'script' ? `script/${id}` : id, roles });
}

/** Who may act: a list, or a map by the ids of callers, which is looked up at each event. */
export type Principals = readonly Principal[] | ReadonlyMap<string, Principal>;

/**
 * Writes what happens to plugins into the audit trail. What cannot be written is denied: the step that it tells of is undone.
 *
 * @param principals - Who may act here; anybody else is recorded as not known.
 */
export function recordPluginEvents(sink: AuditSink, principals: Principals): PluginEvents {
  const known =
    'get' in principals
      ? principals
      : new Map(principals.map((one) => [pluginCaller(one).id, one]));
  return Object.freeze({
    record: async (event: PluginEvent) => {
      await sink.append(auditEventOf(event, actorOf(event.caller, known)));
    },
  });
}

function actorOf({ id, roles }: Caller, known: ReadonlyMap<string, Principal>): AuditActor {
  if (id === SYSTEM.id) return { id, kind: 'service', authenticated: true };
  const principal = known.get(id);
  if (principal === undefined) return { id, kind: 'unknown', roles, authenticated: false };
  const { kind, authenticated } = principal;
  return { id, kind, roles, authenticated };
}

function auditEventOf(event: PluginEvent, actor: AuditActor): AuditEvent {
  const { key, kind, plugin, digest, facts } = event;
  const [told, outcome] = toldAs(event);
  return {
    key,
    kind: told,
    actor,
    outcome,
    target: plugin === '' ? 'plugins' : `plugin ${plugin}`,
    facts: { ...facts, event: kind, ...(digest === '' ? {} : { plugin: digest }) },
  };
}

/** In the trail's words: consents and stops are decisions, which are signed at once. */
function toldAs({
  kind,
  outcome,
  facts,
}: PluginEvent): [AuditEvent['kind'], AuditEvent['outcome']] {
  switch (kind) {
    case 'plugin-grant':
      return ['approval', facts['what'] === 'revoked' ? 'deny' : 'allow'];
    case 'plugin-kill':
      return ['approval', facts['what'] === 'lifted' ? 'allow' : 'deny'];
    case 'plugin-refusal':
      return ['refusal', 'refused'];
    case 'plugin-call':
      return ['access', outcome];
    case 'plugin-step':
      return ['effect', outcome];
  }
}
