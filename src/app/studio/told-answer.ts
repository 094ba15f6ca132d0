import { z } from 'zod';

import { NEXT } from './tell-errors.ts';

/** What is refused is refused before anything runs; a run that takes longer has begun. */
const HOLD_MS = 5000;

/** Calls that were not let in, as opposed to runs that failed. */
const REFUSED =
  /^(?:CONFIG_\w+|WORKFLOW_(?:ALREADY_ANSWERED|ANSWER_ON_ITS_WAY|INVALID_INPUT|INVALID_OPTIONS|NOTHING_ASKED|RUN_IN_PROGRESS|STEERING_REFUSED|UNREADABLE_STATE))$/;

const Told = z.object({ error: z.string(), message: z.string() });
const Failed = z.object({ __error__: Told });

/**
 * Makes readable what a LangGraph server answers whoever waits for a run's end: it says 200 and an error as JSON within JSON
 * whatever happened. A call that was refused becomes 422 with `code`, `message` and `hint`; a run that failed keeps its 200, as
 * the server's own clients expect, with the error in plain.
 *
 * @param holdMs - How long the status is kept back at most; after that the answer is passed on as it comes.
 */
export async function toldAnswer(answer: Response, holdMs = HOLD_MS): Promise<Response> {
  if (answer.body === null) return answer;
  const [ahead, rest] = answer.body.tee();
  const text = await within(holdMs, new Response(ahead).text());
  const { status, headers } = answer;
  if (text === undefined) return new Response(rest.pipeThrough(inPlain()), { status, headers });
  await rest.cancel();
  const failure = failureIn(text);
  if (failure === undefined || !REFUSED.test(failure.error))
    return new Response(plainText(text), { status, headers });
  const [message, hint = ''] = failure.message.split(NEXT);
  return Response.json({ code: failure.error, message, hint }, { status: 422 });
}

async function within(ms: number, text: Promise<string>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([text, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lets the line feeds through that keep a connection open, and holds the answer itself until it is whole. */
function inPlain(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let text = '';
  return new TransformStream({
    transform: (chunk, controller) => {
      text += decoder.decode(chunk, { stream: true });
      if (text.trim() !== '') return;
      controller.enqueue(encoder.encode(text));
      text = '';
    },
    flush: (controller) => controller.enqueue(encoder.encode(plainText(text + decoder.decode()))),
  });
}

function plainText(text: string): string {
  const failure = failureIn(text);
  return failure === undefined ? text : JSON.stringify({ __error__: failure });
}

/** The error that an answer tells of: the server wraps it once more, as the text of another one. */
function failureIn(text: string): z.infer<typeof Told> | undefined {
  const outer = Failed.safeParse(parsed(text)).data?.__error__;
  if (outer === undefined) return undefined;
  return Told.safeParse(parsed(outer.message)).data ?? outer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
