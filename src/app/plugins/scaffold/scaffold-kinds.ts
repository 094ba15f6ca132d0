import type { JsonValue } from '../../../kernel/index.ts';
import type { PluginKind } from '../../../plugins/index.ts';

/** What the scaffold of one kind is made of. */
export interface KindScaffold {
  readonly title: string;
  readonly description: string;
  readonly permissions: JsonValue;
  readonly operation: {
    readonly name: string;
    readonly description: string;
    readonly input: JsonValue;
    readonly output: JsonValue;
  };
  /** Statements of `execute`, which give its answer. */
  readonly body: readonly string[];
  /** What the plugin's own test calls it with, and what has to come back. */
  readonly example: { readonly input: JsonValue; readonly output: JsonValue };
}

const object = (
  properties: Readonly<Record<string, JsonValue>>,
  example?: JsonValue,
): Readonly<Record<string, JsonValue>> => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
  ...(example === undefined ? {} : { examples: [example] }),
});
const text = { type: 'string', maxLength: 10_000 };

const NAMES = { names: ['  Ada ', 'ada', 'Grace'] };
const OFFER = { input: { text: 'Free for ever, no strings attached.' } };
const HONEST = { input: { text: 'Free until the end of June.' } };
const ORDER = { amount: 120, member: true };

const TERM = { product: 'tea', days: 14 };
const CODE = { type: 'string', maxLength: 1_000_000 };
const FILES = { files: [{ path: 'index.js', text: 'let a;\n// UNFINISHED' }] };

/** A plugin of each kind that works and passes its own test. */
export const SCAFFOLDS: Readonly<Record<PluginKind, KindScaffold>> = Object.freeze({
  'data-processor': {
    title: 'Name cleaner',
    description: 'Trims names and drops those that are there twice.',
    permissions: {},
    operation: {
      name: 'clean',
      description: 'Trims names and drops those that differ from an earlier one in case alone.',
      input: object({ names: { type: 'array', maxItems: 1000, items: text } }, NAMES),
      output: object({
        names: { type: 'array', items: text },
        dropped: { type: 'integer', minimum: 0 },
      }),
    },
    body: [
      'const seen = new Set();',
      'const names = input.names',
      '  .map((name) => name.trim())',
      '  .filter((name) => {',
      '    const key = name.toLowerCase();',
      '    const isNew = !seen.has(key);',
      '    seen.add(key);',
      '    return isNew;',
      '  });',
      'return { names, dropped: input.names.length - names.length };',
    ],
    example: { input: NAMES, output: { names: ['Ada', 'Grace'], dropped: 1 } },
  },
  'compliance-validator': {
    title: 'Promise check',
    description: 'Fails texts that promise what nobody can keep.',
    permissions: {},
    operation: {
      name: 'check-promises',
      description: 'A text promises nothing that cannot be kept.',
      input: { ...object({ input: object({ text }) }), examples: [OFFER, HONEST] },
      output: {
        type: 'object',
        required: ['outcome'],
        additionalProperties: false,
        properties: {
          outcome: { enum: ['pass', 'fail', 'undetermined'] },
          message: { type: 'string' },
          remedy: { type: 'string' },
        },
      },
    },
    body: [
      'const found = /for ever|risk-free|always works/i.exec(input.input.text);',
      "if (found === null) return { outcome: 'pass' };",
      'return {',
      "  outcome: 'fail',",
      "  message: 'The text promises what nobody can keep.',",
      "  remedy: 'Say for how long, and on which terms.',",
      '};',
    ],
    example: {
      input: OFFER,
      output: {
        outcome: 'fail',
        message: 'The text promises what nobody can keep.',
        remedy: 'Say for how long, and on which terms.',
      },
    },
  },
  'business-rule': {
    title: 'Discount rule',
    description: 'Decides a discount and says why.',
    permissions: {},
    operation: {
      name: 'evaluate',
      description: 'Gives the discount of an order in per cent, with the reason.',
      input: object({ amount: { type: 'number', minimum: 0 }, member: { type: 'boolean' } }, ORDER),
      output: object({ percent: { type: 'number' }, reason: text }),
    },
    body: [
      "if (input.member && input.amount >= 100) return { percent: 10, reason: 'member, 100 or more' };",
      "if (input.member) return { percent: 5, reason: 'member' };",
      "return { percent: 0, reason: 'no rule applies' };",
    ],
    example: { input: ORDER, output: { percent: 10, reason: 'member, 100 or more' } },
  },
  'workflow-template': {
    title: 'Reminder campaign',
    description: 'Gives the brief of a reminder campaign from a few parameters.',
    permissions: {},
    operation: {
      name: 'instantiate',
      description: 'Gives a workflow and its input from the parameters.',
      input: object({ product: text, days: { type: 'integer', minimum: 1, maximum: 90 } }, TERM),
      output: object({ workflow: text, input: text }),
    },
    body: [
      'const input_ = `Remind customers of ${input.product} after ${input.days} days.`;',
      "return { workflow: 'email-campaign', input: input_ };",
    ],
    example: {
      input: TERM,
      output: { workflow: 'email-campaign', input: 'Remind customers of tea after 14 days.' },
    },
  },
  'integration-connector': {
    title: 'Rate lookup',
    description: 'Asks a service for an exchange rate.',
    permissions: { net: { hosts: ['api.example.com'], methods: ['GET'] } },
    operation: {
      name: 'rate',
      description: 'Gives the rate of a currency.',
      input: object({ currency: { type: 'string', pattern: '^[A-Z]{3}$' } }, { currency: 'EUR' }),
      output: object({ rate: { type: 'number' } }),
    },
    body: [
      'const url = `https://api.example.com/rates/${input.currency}`;',
      "const { status, body } = await host.fetch({ url, method: 'GET' });",
      'if (status !== 200) throw new Error(`The service answered ${status}.`);',
      'return { rate: JSON.parse(body).rate };',
    ],
    example: { input: { currency: 'EUR' }, output: { rate: 2 } },
  },
  'security-scanner': {
    title: 'Marker scan',
    description: 'Finds markers of unfinished work in the code of other plugins.',
    permissions: {},
    operation: {
      name: 'scan',
      description: 'Gives a finding for each marker.',
      input: object({ files: { type: 'array', items: object({ path: text, text: CODE }) } }, FILES),
      output: object({
        findings: {
          type: 'array',
          items: object({
            rule: text,
            severity: { enum: ['info', 'low', 'medium', 'high', 'critical'] },
            confidence: { type: 'number', minimum: 0, maximum: 1 },
            message: text,
            file: text,
            line: { type: 'integer', minimum: 1 },
          }),
        },
      }),
    },
    body: [
      'const findings = input.files.flatMap(({ path, text }) =>',
      "  text.split('\\n').flatMap((line, index) =>",
      "    line.includes('UNFINISHED')",
      "      ? [{ rule: 'marker.unfinished', severity: 'low', confidence: 1, message: 'Unfinished.', file: path, line: index + 1 }]",
      '      : [],',
      '  ),',
      ');',
      'return { findings };',
    ],
    example: {
      input: FILES,
      output: {
        findings: [
          {
            rule: 'marker.unfinished',
            severity: 'low',
            confidence: 1,
            message: 'Unfinished.',
            file: 'index.js',
            line: 2,
          },
        ],
      },
    },
  },
});
