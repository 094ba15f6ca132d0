import type { JsonValue } from '../../../kernel/index.ts';
import type { PluginKind } from '../../../plugins/index.ts';
import {
  FACTS,
  FINISHED,
  HONEST,
  LETTER,
  LETTER_PLAN,
  NAMES,
  object,
  ORDER,
  PARAMETERS,
  PROMISE,
  text,
  UNFINISHED,
} from './scaffold-examples.ts';

/** One operation of a scaffold. */
export interface OperationScaffold {
  readonly description: string;
  readonly input: JsonValue;
  readonly output: JsonValue;
  /** Statements that give its answer to `input`. */
  readonly body: readonly string[];
}

/** What the scaffold of one kind is made of. */
export interface KindScaffold {
  readonly title: string;
  readonly description: string;
  readonly permissions: JsonValue;
  /** Lines above the operations: what several of them use. */
  readonly head?: readonly string[];
  readonly operations: Readonly<Record<string, OperationScaffold>>;
  /** What the plugin's own test calls it with, and what has to come back. */
  readonly example: {
    readonly operation: string;
    readonly input: JsonValue;
    readonly output: JsonValue;
  };
}

/** A plugin of each kind that works and passes its own test. */
export const SCAFFOLDS: Readonly<Record<PluginKind, KindScaffold>> = Object.freeze({
  'data-processor': {
    title: 'Name cleaner',
    description: 'Trims names and drops those that are there twice.',
    permissions: {},
    operations: {
      clean: {
        description: 'Trims names and drops those that differ from an earlier one in case alone.',
        input: object({ names: { type: 'array', maxItems: 1000, items: text } }, NAMES),
        output: object({
          names: { type: 'array', items: text },
          dropped: { type: 'integer', minimum: 0 },
        }),
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
      },
    },
    example: { operation: 'clean', input: NAMES, output: { names: ['Ada', 'Grace'], dropped: 1 } },
  },
  'compliance-validator': {
    title: 'Promise check',
    description: 'Fails texts that promise what nobody can keep.',
    permissions: {},
    operations: {
      'check-promises': {
        description: 'The text promises nothing that cannot be kept.',
        input: object({ input: object({ text }) }, PROMISE, HONEST),
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
        body: [
          'const found = /for ever|risk-free|always works/i.exec(input.input.text);',
          "if (found === null) return { outcome: 'pass' };",
          'return {',
          "  outcome: 'fail',",
          "  message: 'The text promises what nobody can keep.',",
          "  remedy: 'Say for how long, and on which terms.',",
          '};',
        ],
      },
    },
    example: {
      operation: 'check-promises',
      input: PROMISE,
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
    head: [
      '/** The first rule that applies decides. */',
      'const RULES = [',
      "  { applies: (facts) => facts.member && facts.amount >= 100, outcome: 10, reason: 'member, 100 or more' },",
      "  { applies: (facts) => facts.member, outcome: 5, reason: 'member' },",
      "  { applies: () => true, outcome: 0, reason: 'no other rule applies' },",
      '];',
      '',
      'const decide = (facts) => RULES.find(({ applies }) => applies(facts));',
    ],
    operations: {
      decide: {
        description: 'Gives the discount of an order in per cent.',
        input: { ...FACTS, examples: [ORDER] },
        output: object({ outcome: { type: 'number' } }),
        body: ['return { outcome: decide(input.facts).outcome };'],
      },
      explain: {
        description: 'Gives the discount of an order in per cent, and the rule that decided.',
        input: { ...FACTS, examples: [ORDER] },
        output: object({ outcome: { type: 'number' }, reason: text }),
        body: ['const { outcome, reason } = decide(input.facts);', 'return { outcome, reason };'],
      },
    },
    example: {
      operation: 'explain',
      input: ORDER,
      output: { outcome: 10, reason: 'member, 100 or more' },
    },
  },
  'workflow-template': {
    title: 'Letter template',
    description: 'Makes the workflow of a letter that a person approves.',
    permissions: {},
    head: [
      '// The agents and checks are those of the trade "general", which comes with Phasegate.',
      'const planOf = ({ letter, minWords }) => ({',
      '  id: `${letter}-letter`,',
      '  title: `The letter ${letter}`,',
      '  version: 1,',
      '  phases: [',
      "    { id: 'reading', agent: 'document-reading' },",
      "    { id: 'summary', agent: 'document-summary' },",
      "    { id: 'approval', agent: 'document-approval', maxAttempts: 3 },",
      "    { id: 'publication', agent: 'document-publication' },",
      '  ],',
      '  transitions: [',
      '    {',
      "      from: 'reading',",
      "      to: 'summary',",
      "      checks: [{ check: 'document.length', settings: { least_words: minWords } }],",
      '    },',
      "    { from: 'summary', to: 'approval', checks: [{ check: 'document.summary-traced' }] },",
      '    {',
      "      from: 'approval',",
      "      to: 'publication',",
      "      checks: [{ check: 'document.approval-approved-or-edited' }],",
      "      approval: { phase: 'approval', member: 'subject', roles: [], validForMs: 86_400_000 },",
      '    },',
      "    { from: 'publication', to: 'completed', checks: [{ check: 'document.as-approved' }] },",
      '  ],',
      '});',
    ],
    operations: {
      describe: {
        description: 'Gives the template, its version and its parameters.',
        input: { type: 'object', additionalProperties: false },
        output: object({ id: text, version: text, parameters: { type: 'object' } }),
        body: [
          "const parameters = { type: 'object', required: ['letter', 'minWords'] };",
          "return { id: '{{id}}', version: '0.1.0', parameters };",
        ],
      },
      preview: {
        description: 'Shows the workflow that the parameters would make.',
        input: PARAMETERS,
        output: object({ plan: { type: 'object' } }),
        body: ['return { plan: planOf(input.parameters) };'],
      },
      instantiate: {
        description: 'Makes a workflow plan with the parameters.',
        input: PARAMETERS,
        output: object({ plan: { type: 'object' } }),
        body: ['return { plan: planOf(input.parameters) };'],
      },
    },
    example: { operation: 'instantiate', input: LETTER, output: { plan: LETTER_PLAN } },
  },
  'integration-connector': {
    title: 'Rate lookup',
    description: 'Asks a service for an exchange rate.',
    permissions: { net: { hosts: ['api.example.com'], methods: ['GET'] } },
    operations: {
      rate: {
        description: 'Gives the rate of a currency.',
        input: object({ currency: { type: 'string', pattern: '^[A-Z]{3}$' } }, { currency: 'EUR' }),
        output: object({ rate: { type: 'number' } }),
        body: [
          'const url = `https://api.example.com/rates/${input.currency}`;',
          "const { status, body } = await host.fetch({ url, method: 'GET' });",
          'if (status !== 200) throw new Error(`The service answered ${status}.`);',
          'return { rate: JSON.parse(body).rate };',
        ],
      },
    },
    example: { operation: 'rate', input: { currency: 'EUR' }, output: { rate: 2 } },
  },
  'security-scanner': {
    title: 'Marker scan',
    description: 'Finds markers of unfinished work in the code of other plugins.',
    permissions: {},
    operations: {
      scan: {
        description: 'Gives a finding for each marker.',
        input: object(
          {
            file: { type: 'string', maxLength: 256 },
            text: { type: 'string', maxLength: 1_000_000 },
          },
          UNFINISHED,
          FINISHED,
        ),
        output: object({
          findings: {
            type: 'array',
            maxItems: 1000,
            items: object({
              rule: text,
              severity: { enum: ['info', 'low', 'medium', 'high', 'critical'] },
              confidence: { type: 'number', minimum: 0, maximum: 1 },
              message: text,
              line: { type: 'integer', minimum: 1 },
            }),
          },
        }),
        body: [
          "const finding = { rule: 'marker.unfinished', severity: 'low', confidence: 1 };",
          "const message = 'The code says of itself that it is not finished.';",
          String.raw`const findings = input.text.split('\n').flatMap((line, index) =>`,
          "  line.includes('UNFINISHED') ? [{ ...finding, message, line: index + 1 }] : [],",
          ');',
          'return { findings: findings.slice(0, 1000) };',
        ],
      },
    },
    example: {
      operation: 'scan',
      input: UNFINISHED,
      output: {
        findings: [
          {
            rule: 'marker.unfinished',
            severity: 'low',
            confidence: 1,
            message: 'The code says of itself that it is not finished.',
            line: 2,
          },
        ],
      },
    },
  },
});
