import { z } from 'zod';

import { notApplicable, notSatisfied, satisfied, undecided } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { runsOf } from '../../trail/runs-of.ts';
import { ownersOf, type Owner } from '../actors.ts';

const REMEDY = 'Let somebody approve who did not ask for, write or carry out what is approved.';
const UNKNOWN =
  'Add the identity, with the human or team that owns it where it is an agent, to the identities.';

/** Nobody approves what he asked for, wrote or carried out. */
export const sodDistinct = definePrimitive(
  {
    id: 'sod.distinct',
    parameters: z.strictObject({}),
    evidence: ['audit', 'state'],
    predicate:
      'No approver of this transition equals its requester, author or executor, after every agent is resolved to the human or team that owns it',
    says: 'Ids recorded for this transition differ',
    cannotSay: 'That two ids are two people, or do not collude',
    on: ['approval', 'effect'],
  },
  {
    gate: {
      needs: ['actors', 'approvals', 'identities'],
      judge: ({ actors, approvals, identities }) => {
        const ownerOf = ownersOf(identities);
        const doers = [
          ['compliance.actors.requester', actors.requester],
          ...(actors.author === null ? [] : [['compliance.actors.author', actors.author]]),
          ...actors.executors.map((id, index) => [`compliance.actors.executors.${index}`, id]),
        ] as const;
        const approvers = approvals.map(({ by }, index) => [
          `compliance.approvals.${index}.by`,
          by,
        ]);
        const of = (pairs: readonly (readonly string[])[]) =>
          pairs.map(([path = '', id = '']) => ({ path, owner: ownerOf(id) }));
        const resolved = { doers: of(doers), approvers: of(approvers) };
        const lost = [...resolved.doers, ...resolved.approvers].filter(({ owner }) =>
          isUnknown(owner),
        );
        if (lost.length > 0)
          return undecided('Nobody is known to answer for an id.', {
            remedy: UNKNOWN,
            paths: lost.map(({ path }) => path),
          });
        if (approvals.length === 0)
          return undecided('No approval is recorded for this transition.', {
            remedy: REMEDY,
            paths: ['compliance.approvals'],
          });
        const clashes = resolved.approvers.flatMap((approver) =>
          resolved.doers
            .filter(({ owner }) => isSame(owner, approver.owner))
            .flatMap(({ path }) => [approver.path, path]),
        );
        if (clashes.length === 0)
          return satisfied('No approver is the requester, the author or an executor.');
        return notSatisfied('An approver is also the requester, the author or an executor.', {
          remedy: REMEDY,
          paths: [...new Set(clashes)],
        });
      },
    },
    report: {
      needs: ['entries', 'identities'],
      assess: ({ entries, identities }) => {
        const ownerOf = ownersOf(identities);
        const clashes: number[] = [];
        const lost: number[] = [];
        let approved = 0;
        for (const { requester, executors, approvals } of runsOf(entries).values()) {
          if (approvals.length === 0) continue;
          approved += 1;
          const doers = [
            ...new Set([...(requester === undefined ? [] : [requester]), ...executors]),
          ];
          const owners = doers.map(ownerOf);
          for (const { seq, by } of approvals) {
            const approver = ownerOf(by);
            if (requester === undefined || [approver, ...owners].some(isUnknown)) lost.push(seq);
            else if (owners.some((owner) => isSame(owner, approver))) clashes.push(seq);
          }
        }
        if (clashes.length > 0)
          return notSatisfied('An approver is also the requester or an executor of the run.', {
            remedy: REMEDY,
            entries: clashes,
          });
        if (lost.length > 0)
          return undecided('Of runs with an approval, not everybody who acted is known.', {
            remedy: UNKNOWN,
            entries: lost,
          });
        if (approved === 0) return notApplicable('No approval was recorded in the period.');
        return satisfied(`In ${approved} runs with an approval, no approver acted otherwise.`);
      },
    },
  },
);

function isUnknown(owner: Owner): boolean {
  return 'unknown' in owner;
}

function isSame(one: Owner, other: Owner): boolean {
  return 'owner' in one && 'owner' in other && one.owner === other.owner;
}
