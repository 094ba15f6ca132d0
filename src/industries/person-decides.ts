import { z } from 'zod';

import { personIdProblem, personKey } from '../kernel/index.ts';
import { Principal } from '../state/index.ts';
import { defineAgent, type Agent, type AgentTask } from '../workflow/index.ts';
import { personId } from './person-id.ts';

/** Who decided: an id that can be compared, and what stands behind it. */
export const Decider = z.strictObject({
  /** As {@link comparableId} gives it. */
  id: personId(z.string().min(1)),
  kind: Principal.shape.kind,
  authenticated: z.boolean(),
});
/** Who decided. */
export type Decider = z.infer<typeof Decider>;

/** What a person decided about a subject, as an artifact. */
export interface PersonDecision<Subject> {
  readonly decision: 'approved' | 'edited' | 'responded' | 'rejected' | 'undecided';
  /** What was shown, or what the person made of it. */
  readonly subject: Subject;
  readonly comment: string;
  readonly by: Decider;
  /** ISO-8601 UTC. */
  readonly at: string;
}

/** Gives the schema of a decision about a subject. */
export function decisionAbout<Subject>(
  subject: z.ZodType<Subject>,
): z.ZodType<PersonDecision<Subject>> {
  return z.strictObject({
    decision: z.enum(['approved', 'edited', 'responded', 'rejected', 'undecided']),
    subject,
    comment: z.string(),
    by: Decider,
    at: z.string(),
  }) as z.ZodType<PersonDecision<Subject>>;
}

/**
 * Gives an id in the one form in which ids are compared: `Maria.Keller ` and `maria.keller` are one person, and so are ids
 * that a reader cannot tell apart. It cannot tell that two accounts belong to one.
 */
export function comparableId(id: string): string {
  return personKey(id);
}

/** What {@link personDecides} takes. */
export interface DecisionDefinition<Input, Reads, Subject> {
  /** Kebab case. */
  readonly id: string;
  readonly input: z.ZodType<Input>;
  readonly reads: { readonly [Phase in keyof Reads]: z.ZodType<Reads[Phase]> };
  readonly subject: z.ZodType<Subject>;
  /** A verb phrase in kebab case. */
  readonly action: string;
  /** What the person decides about, and the Markdown that it is shown with. */
  readonly shown: (task: AgentTask<Input, Reads, PersonDecision<Subject>>) => {
    readonly subject: Subject;
    readonly description: string;
  };
}

/** Makes an agent that lets a person decide. There is no variant with a model: a person decides. */
export function personDecides<Input, Reads, Subject>(
  definition: DecisionDefinition<Input, Reads, Subject>,
): Agent<Input, Reads, PersonDecision<Subject>> {
  const { id, input, reads, subject: schema, action, shown } = definition;
  return defineAgent<Input, Reads, PersonDecision<Subject>>({
    id,
    input,
    artifact: decisionAbout(schema),
    reads,
    simulated: (task, { decide }) => {
      const { kind, subject, comment, by, at } = decide({ action, schema, ...shown(task) });
      return {
        decision: kind,
        subject,
        comment,
        // An id that can be read in more than one way is left as it is, and refused by the schema.
        by: {
          id: personIdProblem(by.id) === undefined ? comparableId(by.id) : by.id,
          kind: by.kind,
          authenticated: by.authenticated,
        },
        at,
      };
    },
  });
}
