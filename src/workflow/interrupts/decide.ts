import { z } from 'zod';

import { digestOf, frozenJson, isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import type { Decision, DecisionRequest } from '../agent.ts';
import { editedArgs } from './edited.ts';
import { interruptPayload } from './payload.ts';
import { readResponse, type Response } from './response.ts';
import { awaitAnswer } from './await-answer.ts';
import { shownDigest, type AnswerPlace } from './sealed-answer.ts';

/** Where a decision is made. */
export interface DecisionPlace extends AnswerPlace {
  readonly run: string;
  readonly phase: string;
}

/** A decision, and the digest of what was decided about, edits included. */
export interface Decided<Subject> {
  readonly decision: Decision<Subject>;
  readonly subjectDigest: string;
}

/**
 * Waits for a person and says what the person decided. Whatever no client of ours sends is a rejection, and so is an edit
 * that does not fit the schema.
 */
export function decide<Subject>(
  request: DecisionRequest<Subject>,
  place: DecisionPlace,
): Decided<Subject> {
  const subject = frozenJson(request.subject, 'subject');
  const nth = place.nextQuestion();
  const payload = interruptPayload({
    action: request.action,
    args: subject,
    description: request.description,
    schema: schemaOf(request.schema),
    decisions: ['approve', 'edit', 'respond', 'reject'],
    phasegate: {
      kind: 'decision',
      run: place.run,
      phase: place.phase,
      visit: place.visit,
      nth,
      subjectDigest: digestOf(subject),
    },
  });
  const shown = shownDigest({ action: request.action, args: subject });
  const { value, by, at, problem } = awaitAnswer(payload, { nth, shown }, place);
  const outcome: Outcome<Subject> =
    problem === undefined
      ? outcomeOf(readResponse(value), request, subject)
      : { kind: 'rejected', comment: problem };
  const decision = Object.freeze({ subject: request.subject, by, at, ...outcome });
  const subjectDigest =
    outcome.subject === undefined
      ? digestOf(subject)
      : digestOf(frozenJson(outcome.subject, 'subject'));
  return { decision, subjectDigest };
}

const schemas = new WeakMap<z.ZodType, JsonValue>();

function schemaOf(schema: z.ZodType): JsonValue {
  const known = schemas.get(schema);
  if (known !== undefined) return known;
  const made = frozenJson(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  schemas.set(schema, made);
  return made;
}

type Outcome<Subject> = Pick<Decision<Subject>, 'kind' | 'comment'> & {
  readonly subject?: Subject;
};

function outcomeOf<Subject>(
  response: Response,
  request: DecisionRequest<Subject>,
  subject: JsonValue,
): Outcome<Subject> {
  switch (response.kind) {
    case 'approve':
      return { kind: 'approved', comment: response.comment };
    case 'respond':
      return { kind: 'responded', comment: response.comment };
    case 'reject':
      return { kind: 'rejected', comment: response.comment };
    case 'undecided':
      return { kind: 'undecided', comment: '' };
    case 'unrecognised':
      return {
        kind: 'rejected',
        comment: 'The answer had a form that is not recognised, which counts as a rejection.',
      };
    case 'edit': {
      const edited = request.schema.safeParse(editedArgs(response.args, subject));
      if (edited.success && isJson(edited.data))
        return { kind: 'edited', subject: edited.data, comment: response.comment };
      const places = (edited.error?.issues ?? [])
        .slice(0, 5)
        .map(({ path }) => path.map(String).join('.') || 'the whole');
      return {
        kind: 'rejected',
        comment: `The edited content does not fit its schema at: ${places.join(', ') || 'a key or text that cannot be kept'}.`,
      };
    }
  }
}

function isJson(value: unknown): boolean {
  try {
    frozenJson(value);
    return true;
  } catch (error) {
    if (isPhasegateError(error)) return false;
    throw error;
  }
}
