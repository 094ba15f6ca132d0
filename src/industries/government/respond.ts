import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import { z } from 'zod';

import { writeTexts } from '../write-texts.ts';
import {
  Redaction,
  Response,
  ResponseTexts,
  Scoping,
  type Redaction as Redacted,
  type Scoping as Scoped,
} from './facts.ts';

const APPEAL_DAYS = 90;
/** What the letter's agent is given of the request: no record, and nobody's name. */
const Asked = z.object({
  reference: z.string(),
  receivedOn: z.string(),
  preparedOn: z.string(),
  scope: z.object({ topics: z.array(z.string()), from: z.string(), to: z.string() }),
});
type Reads = { readonly scoping: Scoped; readonly redaction: Redacted };
type Task = AgentTask<z.infer<typeof Asked>, Reads, Response>;

const GROUNDS: Readonly<Record<string, string>> = {
  b1: 'properly classified material',
  b2: 'internal personnel rules',
  b3: 'withheld by another statute',
  b4: 'trade secrets and commercial information',
  b5: 'deliberation within agencies',
  b6: 'personal privacy',
  b7: 'law enforcement',
  b8: 'supervision of financial institutions',
  b9: 'wells',
};

/** Writes the letter that goes with the records; a model is told numbers and grounds, and no line of a record. */
export const responseAgent = defineAgent({
  id: 'request-response',
  input: Asked,
  artifact: Response,
  reads: { scoping: Scoping, redaction: Redaction },
  simulated: (task) => ({ texts: textsOf(task), appealDays: APPEAL_DAYS }),
  llm: async (task, context) => ({
    texts: await writeTexts(
      {
        name: 'records-response',
        schema: ResponseTexts,
        task: 'Write the letter of a public office that answers a request for records: what is released, what is withheld and on which grounds, and how to appeal.',
        facts: responseFacts(task),
        revision: task.revision,
      },
      context,
    ),
    appealDays: APPEAL_DAYS,
  }),
});

/** What a letter may be written from. */
export function responseFacts({ input, artifacts }: Pick<Task, 'input' | 'artifacts'>): {
  readonly request: z.infer<typeof Asked>;
  readonly records: number;
  readonly paragraphs: number;
  readonly released: number;
  readonly redacted: number;
  readonly withheld: number;
  readonly grounds: readonly {
    readonly code: string;
    readonly means: string;
    readonly times: number;
  }[];
  readonly appealDays: number;
} {
  const { records, paragraphs, released, redacted, withheld, log } = artifacts.redaction;
  const codes = [...new Set(log.map(({ exemption }) => exemption))].toSorted();
  return {
    request: input,
    records: records.length,
    paragraphs,
    released,
    redacted,
    withheld,
    grounds: codes.map((code) => ({
      code,
      means: GROUNDS[code] ?? '',
      times: log.filter(({ exemption }) => exemption === code).length,
    })),
    appealDays: APPEAL_DAYS,
  };
}

function textsOf(task: Task): ResponseTexts {
  const facts = responseFacts(task);
  const { reference, receivedOn, scope } = facts.request;
  const grounds = facts.grounds.map(
    ({ code, means, times }) => `${code} (${means}), ${times} times`,
  );
  return {
    opening: `Your request ${reference}, received on ${receivedOn}, asks for records about ${scope.topics.join(', ')} from ${scope.from} to ${scope.to}. Records found: ${facts.records}, with ${facts.paragraphs} paragraphs. Of these ${facts.released} are released in full and ${facts.redacted} in part; ${facts.withheld} are withheld.`,
    withheld:
      grounds.length === 0
        ? 'Nothing was withheld.'
        : `Grounds: ${grounds.join('; ')}. Each place is marked, and listed in the log of exemptions.`,
    appeal: `You may appeal within ${facts.appealDays} days of this letter, and ask for help in resolving a dispute.`,
  };
}
