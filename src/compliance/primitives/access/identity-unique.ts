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
        const wrong = recordedActors.flatMap((actor, index) =>
          attribution({ ...actor, isDelegated: true })
            ? []
            : [`compliance.recordedActors.${index}`],
        );
        if (wrong.length === 0)
          return satisfied('Everybody who acts is known and acts as himself.');
        return notSatisfied('Somebody acts under an unknown, shared or ambiguous id.', {
          remedy: REMEDY,
          paths: wrong,
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
        const wrong = entries.filter((entry) => !attribution(actorOf(entry)));
        if (wrong.length === 0)
          return satisfied(`${entries.length} entries name somebody who is known as himself.`);
        return notSatisfied(`${wrong.length} entries name somebody unknown, shared or ambiguous.`, {
          remedy: REMEDY,
          entries: wrong.map(({ seq }) => seq),
        });
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

/** Tells whether an actor is somebody; the same ids are asked again and again, so answers are kept. */
function attributionBy(identities: readonly Identity[]): (actor: Actor) => boolean {
  const known = new Map<string, Identity[]>();
  for (const identity of identities) {
    const name = nameOf(identity.id);
    known.set(name, [...(known.get(name) ?? []), identity]);
  }
  const kept = new Map<string, boolean>();
  return (actor) => {
    const { id, kind, authenticated, onBehalfOf, isDelegated } = actor;
    const key = JSON.stringify([id, kind, authenticated, onBehalfOf, isDelegated]);
    const answer = kept.get(key) ?? isSomebody(actor, known);
    kept.set(key, answer);
    return answer;
  };
}

function isSomebody(actor: Actor, known: ReadonlyMap<string, readonly Identity[]>): boolean {
  const { id, kind, authenticated, onBehalfOf, isDelegated } = actor;
  if (id.trim() === '' || !authenticated) return false;
  // What the framework does itself has no identity of anybody's.
  if (kind === 'service' && /^phasegate(?:\/|$)/.test(id))
    return !isDelegated || onBehalfOf !== null;
  const [identity, ...others] = known.get(nameOf(agentOf(id))) ?? [];
  return identity !== undefined && others.length === 0 && isHimself(actor, identity);
}

function isHimself({ kind, onBehalfOf, isDelegated }: Actor, identity: Identity): boolean {
  if (identity.shared || (kind === 'human') !== (identity.kind === 'human')) return false;
  if (kind === 'human' || !isDelegated || onBehalfOf !== null) return true;
  // A service or a script that begins something itself acts for its owner; an agent always acts for somebody.
  return kind !== 'agent' && identity.owner !== undefined;
}
