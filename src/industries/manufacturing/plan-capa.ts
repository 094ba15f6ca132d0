import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import { writeTexts } from '../write-texts.ts';
import actions from './actions.json' with { type: 'json' };
import {
  Capa,
  CapaTexts,
  Containment,
  Deviation,
  Sampling,
  type CapaPlan,
  type Containment as Contained,
  type Sampling as Sampled,
} from './facts.ts';

const DAY_MS = 86_400_000;
type Reads = { readonly containment: Contained; readonly sampling: Sampled };
type Task = AgentTask<Deviation, Reads, Capa>;

/** Plans corrections, corrective and preventive actions. Actions and dates are code's; a model writes the words. */
export const capaAgent = defineAgent({
  id: 'capa-plan',
  input: Deviation,
  artifact: Capa,
  reads: { containment: Containment, sampling: Sampling },
  simulated: (task) => planned(task, textsOf(task)),
  llm: async (task, context) =>
    planned(
      task,
      await writeTexts(
        {
          name: 'capa-texts',
          schema: CapaTexts,
          task: 'Write the problem, the root cause and the justification of a CAPA plan in manufacturing, for a quality manager.',
          facts: capaFacts(task),
          revision: task.revision,
        },
        context,
      ),
    ),
});

/** What the plan may be written from. */
export function capaFacts({ input, artifacts }: Pick<Task, 'input' | 'artifacts'>): {
  readonly deviation: Omit<Deviation, 'raisedBy' | 'owner'>;
  readonly containment: Omit<Contained, 'raisedBy'>;
  readonly sampling: Sampled;
} {
  const { raisedBy: _raisedBy, owner: _owner, ...deviation } = input;
  const { raisedBy: _by, ...containment } = artifacts.containment;
  return { deviation, containment, sampling: artifacts.sampling };
}

function planned(task: Task, texts: CapaTexts): Capa {
  const { input } = task;
  const list = actionsOf(task);
  return {
    plan: { lotAction: lotActionOf(task), actions: list, texts },
    kinds: [...new Set(list.map(({ kind }) => kind))],
    latestDue: Math.max(...list.map(({ dueDays }) => dueDays)),
    whys: input.whys.length,
  };
}

/** Only an accepted lot is released; a rejected one that could hurt somebody is scrapped, any other one sorted. */
function lotActionOf({ input, artifacts: { sampling } }: Task): CapaPlan['lotAction'] {
  if (sampling.disposition === 'accept') return 'release';
  return input.severity === 'safety' ? 'scrap' : 'sort';
}

function actionsOf({ input, artifacts: { sampling, containment } }: Task): CapaPlan['actions'] {
  const { lot, owner, severity, cause, raisedOn } = input;
  const limit = actions.dueDays[severity];
  const { corrective, preventive } = actions.causes[cause];
  const lotText =
    sampling.disposition === 'accept'
      ? `Release lot ${lot.id}: ${sampling.nonconforming} of ${sampling.inspected} units were nonconforming.`
      : `Keep lot ${lot.id} in quarantine and sort it, or scrap it.`;
  const list: readonly (readonly [CapaPlan['actions'][number]['kind'], string, number])[] = [
    ['correction', lotText, Math.min(2, limit)],
    ['corrective', corrective, Math.ceil(limit / 2)],
    // What came back was not prevented the last time.
    ...(containment.recurrences > 0 || severity !== 'minor'
      ? ([['preventive', preventive, limit]] as const)
      : []),
    [
      'verification',
      `Measure ${input.characteristic} of the next three lots, and compare their capability with this one's.`,
      limit,
    ],
  ];
  return list.map(([kind, text, dueDays], index) => ({
    id: `${input.reference}-${index + 1}`,
    kind,
    text,
    owner: owner.id,
    due: new Date(Date.parse(raisedOn) + dueDays * DAY_MS).toISOString().slice(0, 10),
    dueDays,
  }));
}

function textsOf(task: Task): CapaTexts {
  const { deviation, containment, sampling } = capaFacts(task);
  const { measurement, lot, whys } = deviation;
  const { plan } = sampling;
  const capability =
    containment.capability === null ? '' : ` Cpk of the sample is ${containment.capability}.`;
  return {
    problem: `${deviation.product}, ${deviation.characteristic}: ${containment.outside} of ${containment.measured} values lie outside ${measurement.lower} to ${measurement.upper} ${measurement.unit}.${capability} ${deviation.description}`,
    rootCause:
      whys.length === 0
        ? `The cause is recorded as ${deviation.cause}; nobody has asked why.`
        : `${deviation.cause}: ${whys.join(' Because: ')}`,
    justification: `Of lot ${lot.id} with ${lot.size} units, ${plan.size} are to be inspected and at most ${plan.accept} may be nonconforming; ${sampling.nonconforming} of ${sampling.inspected} were. Earlier deviations of the characteristic: ${containment.recurrences}.`,
  };
}
