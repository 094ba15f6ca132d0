import type { AuditActor, AuditEvent, SubjectKeys } from '../../audit/index.ts';
import type { Facts } from '../../kernel/index.ts';
import { PERSONAL_TYPES, redact, scanText, SECRET_TYPES } from '../../privacy/index.ts';

/** Days, hosts and addresses on the web stand in what programs say, and belong to nobody there. */
const OF_PROGRAMS = new Set(['DATE_TIME', 'URL', 'IP_ADDRESS']);
const TYPES: readonly string[] = [...PERSONAL_TYPES, ...SECRET_TYPES].filter(
  (type) => !OF_PROGRAMS.has(type),
);
/** Facts in which somebody's own words may stand. */
const FREE_TEXT = new Set(['comment', 'reason', 'message', 'note', 'hint']);
/** Words of programs, and digests, in which nothing can be found: most of what an entry says. */
const PLAIN = /^(?:[A-Za-z_ ./>-]{0,80}|[0-9a-f]{64}|concealed\/1:.*)$/;

/**
 * Takes data of persons out of an event before it is chained for ever: who acted under a name that is an address or a number
 * of a person is concealed under a key of that person's own, and what stands in free text is replaced by its type.
 *
 * @throws PRIVACY_BUDGET for what cannot be looked through, AUDIT_* for a key that cannot be had: it is not recorded then.
 */
export async function scrubEvent(
  event: AuditEvent,
  subjects: () => Promise<SubjectKeys>,
): Promise<AuditEvent> {
  const actor = await scrubActor(event.actor, subjects);
  const target = scrubbed(event.target);
  const facts = event.facts === undefined ? undefined : scrubFacts(event.facts);
  const isSame = actor === event.actor && target === event.target && facts === event.facts;
  return isSame ? event : { ...event, actor, target, ...(facts === undefined ? {} : { facts }) };
}

async function scrubActor(
  actor: AuditActor,
  subjects: () => Promise<SubjectKeys>,
): Promise<AuditActor> {
  const concealed = async (id: string): Promise<string> =>
    isPersonal(id) ? (await subjects()).conceal(id, id) : id;
  const id = await concealed(actor.id);
  const { onBehalfOf } = actor;
  const principal = onBehalfOf === undefined ? undefined : await concealed(onBehalfOf);
  if (id === actor.id && principal === onBehalfOf) return actor;
  return { ...actor, id, ...(principal === undefined ? {} : { onBehalfOf: principal }) };
}

function scrubFacts(facts: Facts): Facts {
  const entries = Object.entries(facts).map(
    ([name, value]) =>
      [name, typeof value === 'string' ? scrubbed(value, FREE_TEXT.has(name)) : value] as const,
  );
  return entries.every(([name, value]) => facts[name] === value)
    ? facts
    : Object.fromEntries(entries);
}

function scrubbed(text: string, isFree = false): string {
  if (!isFree && PLAIN.test(text)) return text;
  return redact(text, isFree ? {} : { types: TYPES }).text;
}

/** An id that programs and operating systems give; whatever has a space in it is a name as people write it. */
const IDENTIFIER = /^[\w.:/@#+=,-]{1,256}$/;

function isPersonal(id: string): boolean {
  if (id.startsWith('concealed/1:')) return false;
  return !IDENTIFIER.test(id) || scanText(id, { types: TYPES }).length > 0;
}
