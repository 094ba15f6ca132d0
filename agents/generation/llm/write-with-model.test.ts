import { describe, expect, test } from 'vitest';

import { NO_USAGE } from '../../../src/state/index.ts';
import type { AgentContext, AgentModel } from '../../../src/workflow/index.ts';
import { agentContext } from '../../../src/testing/index.ts';
import { bicycles } from '../fixtures/campaigns.ts';
import { DRAFT, draftNamed } from '../fixtures/drafts.ts';
import { judge } from '../fixtures/judge.ts';
import { deliverableChecks } from '../deliverable-checks.ts';
import { mapBounded } from './map-bounded.ts';
import { writeWithModel } from './write-with-model.ts';

interface Asked {
  readonly user: string;
  readonly name: string;
}

function contextWith(
  answer: (asked: Asked) => Promise<unknown>,
  signal = new AbortController().signal,
): AgentContext {
  const model: AgentModel = {
    id: 'test/model',
    usage: NO_USAGE,
    structured: async (request) => request.schema.parse(await answer(request)),
  };
  return { ...agentContext({ signal }), model };
}

const task = (revision?: {
  from: string;
  reasons: { check: string; message: string; remedy: string }[];
}) => {
  const { requirements, confirmation } = bicycles();
  return {
    input: { brief: 'x' },
    artifacts: { requirements, confirmation },
    answers: [],
    previous: undefined,
    revision,
    attempt: 1,
  };
};

describe('writeWithModel', () => {
  test('lays out what the model says, so that it passes the gate', async () => {
    const generation = await writeWithModel(
      task(),
      contextWith(async ({ name }) => draftNamed(name)),
    );
    expect(generation.emails).toHaveLength(6);
    for (const check of deliverableChecks) {
      expect([check.id, judge(check, { ...bicycles(), generation }).message]).toEqual([
        check.id,
        undefined,
      ]);
    }
  });

  test('an invented figure does not pass the gate', async () => {
    const invented = (name: string) => {
      const { subject, ...draft } = draftNamed(name);
      return { ...draft, subject: { ...subject, text: subject.text.replace('20%', '45%') } };
    };
    const generation = await writeWithModel(
      task(),
      contextWith(async ({ name }) => invented(name)),
    );
    const failed = deliverableChecks.filter(
      (check) => judge(check, { ...bicycles(), generation }).outcome === 'fail',
    );
    expect(failed.map(({ id }) => id)).toEqual([
      'email.claims-traced',
      'email.no-unsupported-figures',
    ]);
  });

  test('markup from the model is text, never HTML', async () => {
    const draft = {
      ...DRAFT,
      headline: {
        text: 'Twelve <script>x()</script> stations {{password}}',
        traces: ['key-message-1'],
      },
    };
    const generation = await writeWithModel(
      task(),
      contextWith(async () => draft),
    );
    expect(generation.emails[0]?.html).toContain('&lt;script&gt;');
    expect(generation.emails[0]?.mergeFields).toEqual(['first_name', 'unsubscribe_url']);
  });

  test('tells the model why the gate sent the run back, and what must and must not be said', async () => {
    const prompts: string[] = [];
    const revision = {
      from: 'completed',
      reasons: [{ check: 'email.must-say', message: 'Lacks a wording.', remedy: 'Put it in.' }],
    };
    await writeWithModel(
      task(revision),
      contextWith(async ({ user }) => {
        prompts.push(user);
        return DRAFT;
      }),
    );
    expect(prompts).toHaveLength(6);
    for (const prompt of prompts) {
      expect(JSON.parse(prompt)).toMatchObject({
        problems: ['Lacks a wording. Put it in.'],
        mustSay: [{ id: 'must-say-1', wording: 'Helmets are not included.' }],
        mustNotSay: ['cheap', 'best bikes in town'],
      });
    }
  });

  test('makes at most four calls at once and keeps the order of the emails', async () => {
    let underWay = 0;
    let most = 0;
    const generation = await writeWithModel(
      task(),
      contextWith(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
        underWay -= 1;
        return DRAFT;
      }),
    );
    expect(most).toBe(4);
    expect(generation.emails.map(({ step }) => step)).toEqual([
      'step-1',
      'step-1',
      'step-2',
      'step-2',
      'step-3',
      'step-3',
    ]);
  });

  test('stops when the caller cancels', async () => {
    const controller = new AbortController();
    let calls = 0;
    const writing = writeWithModel(
      task(),
      contextWith(async () => {
        calls += 1;
        controller.abort(new Error('cancelled'));
        return DRAFT;
      }, controller.signal),
    );
    await expect(writing).rejects.toThrow('cancelled');
    expect(calls).toBeLessThanOrEqual(4);
  });

  test('says that it needs a model', async () => {
    const context = { ...contextWith(async () => DRAFT), model: undefined };
    await expect(writeWithModel(task(), context)).rejects.toMatchObject({
      code: 'GENERATION_MODEL_ABSENT',
    });
  });
});

test('mapBounded starts nothing after a failure', async () => {
  let started = 0;
  const map = async (item: number): Promise<number> => {
    started += 1;
    if (item === 0) throw new Error('first');
    return item;
  };
  const mapping = mapBounded([0, 1, 2, 3, 4, 5], map, {
    limit: 1,
    signal: new AbortController().signal,
  });
  await expect(mapping).rejects.toThrow('first');
  expect(started).toBe(1);
});
