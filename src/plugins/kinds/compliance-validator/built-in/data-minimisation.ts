import { z } from 'zod';

import type { JsonValue } from '../../../../kernel/index.ts';
import { definePlugin } from '../../../contract/index.ts';
import { jsonSchema, pureOperation } from '../../operation.ts';
import { CheckAnswer } from '../answer.ts';

const Settings = z.strictObject({
  /** Merge fields that the purpose of the mailing needs, and that recipients were told of. */
  declaredFields: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/))
    .max(200)
    .default(['first_name', 'last_name', 'unsubscribe_url', 'cta_url']),
});

const Fields = z.object({
  artifacts: z.object({
    generation: z.object({
      emails: z.array(z.object({ mergeFields: z.array(z.string()) })).min(1),
    }),
  }),
});
const Texts = z.object({
  artifacts: z.object({
    generation: z.object({
      sender: z.object({ email: z.string() }),
      emails: z.array(z.object({ subject: z.string(), text: z.string() })).min(1),
    }),
  }),
});

const email = (mergeFields: readonly string[]): JsonValue => ({
  artifacts: { generation: { emails: [{ mergeFields }] } },
});
const text = (line: string): JsonValue => ({
  artifacts: {
    generation: {
      sender: { email: 'hello@nordwind.example' },
      emails: [{ subject: 'Spring offers', text: line }],
    },
  },
});

let declared: ReadonlySet<string> = new Set(Settings.parse({}).declaredFields);

/**
 * Holds mailings to the personal data that was declared for them. What is declared is a setting of the operator; it is one for
 * all of a process.
 *
 * @see Regulation (EU) 2016/679 (GDPR), Article 5(1)(c)
 */
export const dataMinimisation = definePlugin({
  manifest: {
    id: 'phasegate.data-minimisation',
    version: '1.0.0',
    kind: 'compliance-validator',
    title: 'Data minimisation',
    description: 'Checks that a mailing uses declared personal data only, and holds none in clear.',
    publisher: 'phasegate',
    engines: { phasegate: '*' },
    permissions: {},
    standards: ['gdpr'],
    config: jsonSchema(Settings),
    contributes: {
      operations: [
        pureOperation('declared-fields', 'Every merge field was declared for this purpose.', {
          input: Fields,
          output: CheckAnswer,
          examples: [email(['first_name', 'unsubscribe_url']), email(['birth_date'])],
        }),
        pureOperation('nobody-named', "No email holds a person's address or number in clear.", {
          input: Texts,
          output: CheckAnswer,
          examples: [
            text('Reply to hello@nordwind.example.'),
            text('As agreed with maria@kunde.example.'),
          ],
        }),
      ],
    },
  },
  initialize: (config) => {
    declared = new Set(Settings.parse(config).declaredFields);
  },
  execute: (operation, input) =>
    operation === 'declared-fields' ? declaredFields(input) : nobodyNamed(input),
});

function declaredFields(input: JsonValue): JsonValue {
  const { emails } = Fields.parse(input).artifacts.generation;
  const found = emails.flatMap(({ mergeFields }, index) =>
    mergeFields.some((field) => !declared.has(field))
      ? [`artifacts.generation.emails.${index}.mergeFields`]
      : [],
  );
  return answer(found, {
    message: `${found.length} emails use personal data that was not declared.`,
    remedy: 'Leave the merge fields out, or declare them in the settings of the plugin.',
  });
}

// An address; a telephone number with its country; an IBAN. Written for what stands in running text.
const ADDRESS = /[^\s@<>"'(),;:]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
const PHONE = /(?<![\w+])\+\d{1,3}[ ./-]?(?:\(?\d{1,5}\)?[ ./-]?){2,6}\d/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g;

function nobodyNamed(input: JsonValue): JsonValue {
  const { sender, emails } = Texts.parse(input).artifacts.generation;
  const own = sender.email.toLowerCase();
  const ownDomain = own.slice(own.lastIndexOf('@'));
  const named = (line: string): boolean => {
    const addresses = [...line.matchAll(ADDRESS)].map(([address]) => address.toLowerCase());
    const foreign = addresses.some((address) => !address.replace(/\.$/, '').endsWith(ownDomain));
    return foreign || line.search(PHONE) >= 0 || line.search(IBAN) >= 0;
  };
  const found = emails.flatMap((mail, index) =>
    (['subject', 'text'] as const)
      .filter((part) => named(mail[part]))
      .map((part) => `artifacts.generation.emails.${index}.${part}`),
  );
  return answer(found, {
    message: `${found.length} texts hold an address, a telephone number or an account in clear.`,
    remedy: 'Take it out, or use a merge field that was declared.',
  });
}

function answer(
  paths: readonly string[],
  said: { readonly message: string; readonly remedy: string },
): JsonValue {
  return paths.length === 0
    ? { outcome: 'pass' }
    : { outcome: 'fail', ...said, paths: paths.slice(0, 50) };
}
