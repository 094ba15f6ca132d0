import { z } from 'zod';

const Digest = z.string().optional();

const Event = z.looseObject({
  key: z.string(),
  kind: z.string(),
  actor: z.looseObject({
    id: z.string(),
    kind: z.string(),
    onBehalfOf: z.string().optional(),
    roles: z.array(z.string()).optional(),
    authenticated: z.boolean(),
  }),
  outcome: z.string(),
  target: z.string(),
  run: z.string().optional(),
  thread: z.string().optional(),
  phase: z.string().optional(),
  policy: Digest,
  input: Digest,
  output: Digest,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** An entry's content, as it comes back from a store. */
export const EntryBody = z.looseObject({
  v: z.literal(1),
  chain: z.string(),
  seq: z.int().min(0),
  at: z.string(),
  where: z.string(),
  event: Event,
  repeats: z.int().optional(),
  runEntries: z.int().optional(),
  clockBehindMs: z.int().optional(),
});
export type EntryBody = z.infer<typeof EntryBody>;

/** What an entry tells of, as it comes back from the trail. */
export type RecalledEvent = Readonly<EntryBody['event']>;

/**
 * Reads an entry's canonical text.
 *
 * @throws what zod or JSON.parse throw for a text that is not an entry.
 */
export function parseEntry(body: string): EntryBody {
  return EntryBody.parse(JSON.parse(body));
}
