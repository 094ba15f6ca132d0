import { z } from 'zod';

/** A person's reaction, whichever client it came from. */
export type Response =
  | { readonly kind: 'approve'; readonly comment: string }
  | { readonly kind: 'edit'; readonly args: unknown; readonly comment: string }
  | { readonly kind: 'respond'; readonly comment: string }
  | { readonly kind: 'reject'; readonly comment: string }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'unrecognised' };

const MAX_COMMENT = 2000;

const text = z.string().optional();
const action = z.object({ args: z.unknown() });

/** Agent Inbox and LangGraph Studio. */
const inbox = z.discriminatedUnion('type', [
  z.object({ type: z.literal('accept') }).transform(() => approve()),
  z.object({ type: z.literal('edit'), args: z.unknown() }).transform(({ args }) => edit(args)),
  z
    .object({ type: z.literal('response'), args: z.string() })
    .transform(({ args }) => respond(args)),
  z.object({ type: z.enum(['ignore', 'resolve']) }).transform(() => undecided()),
]);

/** Agent Chat UI and the LangChain middleware. */
const middleware = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('approve'), message: text })
    .transform(({ message }) => approve(message)),
  z
    .object({ type: z.literal('reject'), message: text })
    .transform(({ message }) => reject(message)),
  z
    .object({ type: z.literal('respond'), message: text })
    .transform(({ message }) => respond(message)),
  z
    .object({
      type: z.literal('edit'),
      edited_action: action.optional(),
      editedAction: action.optional(),
      message: text,
    })
    .transform(({ edited_action: snake, editedAction: camel, message }): Response => {
      const edited = snake ?? camel;
      return edited === undefined ? { kind: 'unrecognised' } : edit(edited.args, message);
    }),
]);

/** Phasegate's own command line and API. */
const own = z.discriminatedUnion('decision', [
  z
    .object({ decision: z.literal('approve'), comment: text })
    .transform(({ comment }) => approve(comment)),
  z
    .object({ decision: z.literal('reject'), comment: text })
    .transform(({ comment }) => reject(comment)),
  z
    .object({ decision: z.literal('respond'), comment: z.string() })
    .transform(({ comment }) => respond(comment)),
  z
    .object({ decision: z.literal('edit'), subject: z.unknown(), comment: text })
    .transform(({ subject, comment }) => edit(subject, comment)),
]);

const single = z.tuple([inbox]).transform(([response]) => response);
const decided = z
  .object({ decisions: z.tuple([middleware]) })
  .transform(({ decisions: [response] }) => response);

/** By the key that tells a form from the others. */
const FORMS = new Map<string, z.ZodType<Response>>([
  ['type', inbox],
  ['decisions', decided],
  ['decision', own],
]);

/**
 * Reads what came back to an interrupt. More than one decision, or a form that no client sends, is unrecognised; so is an
 * answer of two forms at once, which may say yes in one and no in the other.
 */
export function readResponse(value: unknown): Response {
  const [key, ...more] = keysOfForms(value);
  if (key === undefined || more.length > 0) return { kind: 'unrecognised' };
  const form = Array.isArray(value) ? single : FORMS.get(key);
  return form?.safeParse(value).data ?? { kind: 'unrecognised' };
}

/** The keys of forms that stand in an answer, or in the only member of a list of answers. */
function keysOfForms(value: unknown): readonly string[] {
  const answer: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof answer !== 'object' || answer === null) return [];
  return [...FORMS.keys()].filter((key) => key in answer);
}

/** Gives a person's text without control characters, at most 2,000 characters long. */
export function cleanComment(comment: string): string {
  return (
    comment
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) =>
        character === '\n' || character === '\t' ? character : '',
      )
      .trim()
      .slice(0, MAX_COMMENT)
      // Cutting may leave half a character, and a client may send one.
      .toWellFormed()
  );
}

function approve(comment = ''): Response {
  return { kind: 'approve', comment: cleanComment(comment) };
}

function edit(args: unknown, comment = ''): Response {
  return { kind: 'edit', args, comment: cleanComment(comment) };
}

function respond(comment = ''): Response {
  return { kind: 'respond', comment: cleanComment(comment) };
}

function reject(comment = ''): Response {
  return { kind: 'reject', comment: cleanComment(comment) };
}

function undecided(): Response {
  return { kind: 'undecided' };
}
