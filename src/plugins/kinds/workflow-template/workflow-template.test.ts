import { afterEach, describe, expect, test } from 'vitest';

import type { JsonValue } from '../../../kernel/index.ts';
import type { WorkflowPlan } from '../../../state/index.ts';
import { grantRole } from '../../access/operator-orders.ts';
import {
  openTestPlugins,
  OPERATOR,
  ORDER,
  USER,
  type TestPlugins,
} from '../../fixtures/test-plugins.ts';
import { enablePlugin } from '../../lifecycle/activation.ts';
import { addPlugin } from '../../registry/admission.ts';
import { createTrustedRuntime } from '../../sandbox/index.ts';
import { defineTemplate, instantiateTemplate, planFromTemplate } from './index.ts';
import type { TemplateDefinition } from './define-template.ts';

type Template = TemplateDefinition['template'];

const BASE: Template = {
  id: 'acme.base',
  version: '1.2.0',
  title: 'Base',
  description: 'Two phases.',
  parameters: {
    type: 'object',
    properties: {
      subject: { type: 'string', minLength: 2 },
      tries: { type: 'integer', default: 3 },
    },
    required: ['subject'],
    additionalProperties: false,
  },
  workflow: { id: '{{subject}}-flow', title: 'The flow of {{ subject }}', version: 1 },
  phases: [
    { id: 'write', agent: 'writer', settings: { subject: '{{subject}}', tone: 'plain' } },
    { id: 'send', agent: 'sender', maxAttempts: '{{tries}}' },
  ],
  transitions: [
    { from: 'write', to: 'send', checks: [{ check: 'written' }] },
    { from: 'send', to: 'completed', checks: [{ check: 'sent' }] },
  ],
};

/** Adds a check by somebody else, asks for one parameter more, and changes how the first phase writes. */
const CHILD: Template = {
  ...BASE,
  id: 'acme.child',
  version: '2.0.0',
  extends: 'acme.base',
  parameters: {
    type: 'object',
    properties: { reader: { type: 'string' }, tries: { type: 'integer', default: 5 } },
    required: ['reader'],
  },
  phases: [
    { id: 'write', agent: 'careful-writer', settings: { tone: 'formal' } },
    { id: 'read', agent: 'reader', settings: { who: '{{reader}}' }, after: 'write' },
  ],
  without: [{ from: 'write', to: 'send' }],
  transitions: [
    { from: 'write', to: 'read', checks: [{ check: 'written' }] },
    { from: 'read', to: 'send', checks: [{ check: 'read', onFailure: 'revise', to: 'write' }] },
  ],
};

const extending = (id: string, base: string): Template => ({
  ...CHILD,
  id,
  extends: base,
  without: [],
  phases: [],
  transitions: [],
});

let opened: TestPlugins | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** A registry in which clerks may call these templates. */
async function open(...templates: readonly Template[]): Promise<TestPlugins> {
  const modules = templates.map((template) =>
    defineTemplate({ publisher: 'acme', engines: { phasegate: '*' }, template, example: {} }),
  );
  const names = ['base', 'child', 'one', 'two'].map((name) => `acme.${name}/describe`);
  const policy = { tools: { names } };
  opened = await openTestPlugins({ isolated: createTrustedRuntime(), modules, policy });
  const { parts } = opened.plugins;
  for (const module of modules) {
    const order = { caller: OPERATOR, source: 'test', tier: 'trusted' } as const;
    // oxlint-disable-next-line no-await-in-loop
    const { id, digest } = await addPlugin(parts, module, order);
    // oxlint-disable-next-line no-await-in-loop
    await enablePlugin(parts, digest, ORDER);
    const role = { caller: OPERATOR, role: 'clerk', plugin: id, operation: '*' };
    // oxlint-disable-next-line no-await-in-loop
    await grantRole(parts, { ...role, permissions: policy });
  }
  return opened;
}

async function plan(
  id: string,
  parameters: Readonly<Record<string, JsonValue>>,
  version?: string,
): Promise<WorkflowPlan> {
  const executor = opened?.plugins.executor;
  if (executor === undefined) throw new Error('Open the templates first.');
  const call = { plugin: id, parameters, caller: USER };
  return await instantiateTemplate(executor, version === undefined ? call : { ...call, version });
}

test('a placeholder alone becomes the value, within text its text, and a value is never filled in again', () => {
  const template = { ...BASE, workflow: { ...BASE.workflow, id: 'flow-{{tries}}' } };
  const made = planFromTemplate(template, { subject: '{{tries}}', tries: 7 });
  expect(made).toMatchObject({ id: 'flow-7', title: 'The flow of {{tries}}' });
  expect(made.phases).toMatchObject([{ settings: { subject: '{{tries}}' } }, { maxAttempts: 7 }]);
});

test.each([
  ['lacks one', {}],
  ['holds one that does not fit', { subject: 'a' }],
  ['holds one that is not described', { subject: 'invoice', colour: 'red' }],
])('an order that %s makes no plan', (_what, parameters) => {
  expect(() => planFromTemplate(BASE, parameters)).toThrow(
    expect.objectContaining({ code: 'PLUGINS_SCHEMA_MISMATCH' }),
  );
});

describe('a template that extends another one', () => {
  const order = { subject: 'invoice', reader: 'kim' };

  test('has its parameters besides its own, and demands those of both', async () => {
    await open(BASE, CHILD);
    await expect(plan('acme.child', { reader: 'kim' })).rejects.toMatchObject({
      code: 'PLUGINS_SCHEMA_MISMATCH',
    });
    await expect(plan('acme.child', { subject: 'invoice' })).rejects.toMatchObject({
      code: 'PLUGINS_SCHEMA_MISMATCH',
    });
    expect(await plan('acme.child', order)).toMatchObject({ id: 'invoice-flow' });
  });

  test('keeps what it does not change, changes what has the same place, and adds the rest', async () => {
    await open(BASE, CHILD);
    const { phases, transitions } = await plan('acme.child', order);
    expect(phases).toMatchObject([
      { id: 'write', agent: 'careful-writer', settings: { subject: 'invoice', tone: 'formal' } },
      { id: 'read', agent: 'reader', settings: { who: 'kim' } },
      { id: 'send', agent: 'sender', maxAttempts: 5 },
    ]);
    expect(transitions.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'send completed',
      'write read',
      'read send',
    ]);
  });

  test('may itself be extended', async () => {
    await open(BASE, CHILD, extending('acme.grandchild', 'acme.child'));
    const { phases } = await plan('acme.grandchild', order);
    expect(phases.map(({ id }) => id)).toEqual(['write', 'read', 'send']);
  });

  test('previews the plan that it makes', async () => {
    const { plugins } = await open(BASE, CHILD);
    const input = { parameters: order };
    const call = { plugin: 'acme.child', operation: 'preview', input, caller: USER };
    expect((await plugins.executor.execute(call)).output).toEqual({
      title: 'Base',
      steps: ['write (careful-writer)', 'read (reader)', 'send (sender)'],
      gates: [
        'send -> completed: sent (deny)',
        'write -> read: written (deny)',
        'read -> send: read (revise)',
      ],
      plan: await plan('acme.child', order),
    });
  });

  test('is made in the version that was meant, and in no other', async () => {
    await open(BASE, CHILD);
    expect(await plan('acme.child', order, '2.0.0')).toMatchObject({ id: 'invoice-flow' });
    // That of the base is not its own.
    await expect(plan('acme.child', order, '1.2.0')).rejects.toMatchObject({
      code: 'PLUGINS_INVALID_TEMPLATE',
      message: expect.stringContaining('2.0.0') as string,
    });
  });

  test('makes nothing while its base is not there, and says which', async () => {
    await open(CHILD);
    await expect(plan('acme.child', order)).rejects.toThrow('acme.base');
  });

  test('in a circle is refused, with the way that it took', async () => {
    await open(extending('acme.one', 'acme.two'), extending('acme.two', 'acme.one'));
    await expect(plan('acme.one', order)).rejects.toMatchObject({
      code: 'PLUGINS_CALL_REFUSED',
      message: expect.stringContaining(
        'acme.one/instantiate → acme.two/describe → acme.one/describe → acme.two/describe',
      ) as string,
    });
  });

  test.each<[string, Partial<Template>]>([
    ['takes away what is not there', { without: [{ from: 'send', to: 'write' }] }],
    ['follows a phase that is not there', { phases: [{ id: 'x', agent: 'x', after: 'gone' }] }],
    [
      'leads to a phase that is not there',
      { transitions: [{ from: 'write', to: 'x', checks: [] }] },
    ],
    ['uses a parameter that is not there', { phases: [{ id: 'write', agent: '{{who}}' }] }],
  ])('is refused when it %s', async (_what, change) => {
    await open(BASE, { ...CHILD, ...change });
    await expect(plan('acme.child', order)).rejects.toMatchObject({
      code: 'PLUGINS_INVALID_TEMPLATE',
    });
  });
});
