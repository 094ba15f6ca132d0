import { z } from 'zod';

import type { Identity } from '../../facts/vocabulary.ts';
import { notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { agentOf } from '../../trail/runs-of.ts';
import type { TrailEntry } from '../../trail/trail-evidence.ts';
import { nameOf } from '../actors.ts';

const REMEDY =
  'Let everybody act under an id of his own, and let agents and services name whom they act for.';
/** What the trail writes of itself, for nobody. */
const OF_THE_TRAIL = /^(?:chain|key|hold)-/;

/** Everything that happened has somebody who did it. */
export const identityUnique = definePrimitive(
  {
    id: 'identity.unique',
    parameters: z.strictObject({}),
    evidence: ['audit'],
    predicate:
      'Every record has a resolvable actor id that is not shared, ids of agents differ from ids of humans, and what is done for somebody names him',
    says: 'Attribution inside the trail',
    cannotSay: 'Real-world identity proofing',
  },
  {
    gate: {
      needs: ['recordedActors', 'identities'],
      judge: ({ recordedActors, identities }) => {
        if (recordedActors.length === 0)
          return undecided('No actor of this run is recorded.', {
            remedy: 'Supply the actors as the trail names them.',
            paths: ['compliance.recordedActors'],
          });
        const attribution = attributionBy(identities);
        const wrong = recordedActors.flatMap((actor, index) => {
          const why = attribution({ ...actor, isDelegated: true });
          const who = actor.kind === 'agent' ? 'An agent of this run' : 'Whoever began this run';
          const path = `compliance.recordedActors.${index}`;
          return why === undefined ? [] : [{ path, told: `${who} ${TOLD[why]}`, why }];
        });
        const [first] = wrong;
        if (first === undefined)
          return satisfied('Everybody who acts is known and acts as himself.');
        return notSatisfied(`${[...new Set(wrong.map(({ told }) => told))].join('. ')}.`, {
          remedy: REMEDIES[first.why],
          paths: wrong.map(({ path }) => path),
        });
      },
    },
    report: {
      needs: ['entries', 'identities'],
      assess: ({ entries, identities }) => {
        if (entries.length === 0)
          return undecided('No entry is in the evidence.', {
            remedy: 'Assess a period in which something happened.',
            paths: ['entries'],
          });
        const attribution = attributionBy(identities);
        const wrong = entries.filter((entry) => attribution(actorOf(entry)) !== undefined);
        if (wrong.length === 0)
          return satisfied(`${entries.length} entries name somebody who is known as himself.`);
        return notSatisfied(
          `Entries that name somebody unknown, shared or ambiguous: ${wrong.length}.`,
          {
            remedy: REMEDY,
            entries: wrong.map(({ seq }) => seq),
          },
        );
      },
    },
  },
);

interface Actor {
  readonly id: string;
  readonly kind: string;
  readonly authenticated: boolean;
  readonly onBehalfOf: string | null;
  /** Whether it acts in a run, so that there is somebody for whom it acts. */
  readonly isDelegated: boolean;
}

function actorOf({ event }: TrailEntry): Actor {
  const { id, kind, authenticated, onBehalfOf = null } = event.actor;
  const isDelegated = event.run !== undefined && !OF_THE_TRAIL.test(event.kind);
  return { id, kind: kind === 'person' ? 'human' : kind, authenticated, onBehalfOf, isDelegated };
}

/** Why nobody is known to stand behind an id. */
type Nobody = 'unauthenticated' | 'unknown' | 'ambiguous' | 'shared' | 'other-kind' | 'for-nobody';

const TOLD: Readonly<Record<Nobody, string>> = {
  unauthenticated: 'is not authenticated',
  unknown: 'acts under an id that the identities do not name',
  ambiguous: 'acts under an id that the identities name more than once',
  shared: 'acts under an id that is shared',
  'other-kind': 'acts under an id that the identities name as another kind (human, agent, service)',
  'for-nobody': 'acts for nobody who is named',
};

const NAME_IT =
  'Name it once under "identities" of the facts of the house: a person with kind = "human", an agent or a service with its owner.';
const REMEDIES: Readonly<Record<Nobody, string>> = {
  unauthenticated:
    'Let somebody begin the run who is logged in: an account of this machine, or a session.',
  unknown: NAME_IT,
  ambiguous: NAME_IT,
  shared: 'Let everybody act under an id of his own.',
  'other-kind': NAME_IT,
  'for-nobody': NAME_IT,
};

/** Tells why an actor is nobody, or nothing; the same ids are asked again and again, so answers are kept. */
function attributionBy(identities: readonly Identity[]): (actor: Actor) => Nobody | undefined {
  const known = new Map<string, Identity[]>();
  for (const identity of identities) {
    const name = nameOf(identity.id);
    known.set(name, [...(known.get(name) ?? []), identity]);
  }
  const kept = new Map<string, Nobody | 'somebody'>();
  return (actor) => {
    const { id, kind, authenticated, onBehalfOf, isDelegated } = actor;
    const key = JSON.stringify([id, kind, authenticated, onBehalfOf, isDelegated]);
    const answer = kept.get(key) ?? whyNobody(actor, known) ?? 'somebody';
    kept.set(key, answer);
    return answer === 'somebody' ? undefined : answer;
  };
}

function whyNobody(
  actor: Actor,
  known: ReadonlyMap<string, readonly Identity[]>,
): Nobody | undefined {
  const { id, kind, authenticated, onBehalfOf, isDelegated } = actor;
  if (!authenticated) return 'unauthenticated';
  if (id.trim() === '') return 'unknown';
  // What the framework does itself has no identity of anybody's.
  if (kind === 'service' && /^phasegate(?:\/|$)/.test(id))
    return !isDelegated || onBehalfOf !== null ? undefined : 'for-nobody';
  const [identity, ...others] = known.get(nameOf(agentOf(id))) ?? [];
  if (identity === undefined) return 'unknown';
  return others.length > 0 ? 'ambiguous' : whyNotHimself(actor, identity);
}

function whyNotHimself(
  { kind, onBehalfOf, isDelegated }: Actor,
  identity: Identity,
): Nobody | undefined {
  if (identity.shared) return 'shared';
  if ((kind === 'human') !== (identity.kind === 'human')) return 'other-kind';
  if (kind === 'human' || !isDelegated || onBehalfOf !== null) return undefined;
  // A service or a script that begins something itself acts for its owner; an agent always acts for somebody.
  return kind !== 'agent' && identity.owner !== undefined ? undefined : 'for-nobody';
}
