import { expect, test } from 'vitest';

import { SteeringRefusedError } from '../../workflow/index.ts';
import { told } from './tell-errors.ts';
import { toldAnswer } from './told-answer.ts';

/** As the development server answers: the error as the text of another one. */
function failed(error: unknown): string {
  const { name, message } = error as Error;
  const inner = JSON.stringify({ error: name, message });
  return JSON.stringify({ __error__: { error: 'Error', message: inner } });
}

test('tells of a refused call what, why and what next, as a refusal', async () => {
  const refused = told(new SteeringRefusedError('Command({ goto })'));
  const answer = await toldAnswer(new Response(`\n${failed(refused)}`));
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({
    code: 'WORKFLOW_STEERING_REFUSED',
    message: 'Refused Command({ goto }): only a gate moves a run.',
    hint: 'Send Command({ resume }) alone, { input } for a new run, or null to go on.',
  });
});

test('leaves a run that failed its status, and tells its error in plain', async () => {
  const error = Object.assign(new Error('No answer.\n→ Call again.'), { name: 'MODEL_TIMEOUT' });
  const answer = await toldAnswer(new Response(failed(error)));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    __error__: { error: 'MODEL_TIMEOUT', message: 'No answer.\n→ Call again.' },
  });
});

test('leaves every other answer as it is', async () => {
  for (const text of ['{"run":{"status":"completed"}}', 'null', '', 'no JSON']) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await (await toldAnswer(new Response(text, { status: 201 }))).text()).toBe(text);
  }
});

test('passes on what keeps the connection open while a run takes long, and its end in plain', async () => {
  const encoder = new TextEncoder();
  let end: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(encoder.encode('\n'));
      end = () => {
        controller.enqueue(encoder.encode(failed(new SteeringRefusedError('a move'))));
        controller.close();
      };
    },
  });
  const answer = await toldAnswer(new Response(body), 0);
  expect(answer.status).toBe(200);
  const reader = answer.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('\n');
  end?.();
  expect(JSON.parse(new TextDecoder().decode((await reader?.read())?.value))).toMatchObject({
    __error__: { message: 'Refused a move: only a gate moves a run.' },
  });
});
