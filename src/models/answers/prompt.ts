import { AIMessage, HumanMessage, SystemMessage, type BaseMessage } from '@langchain/core/messages';

import type { StructuredMethod } from '../chat-model-settings.ts';
import type { ModelSchema } from './json-schema.ts';
import type { StructuredRequest } from '../port.ts';
import type { AnswerProblem } from './read-answer.ts';

/** How a schema is put to an OpenAI-compatible server. */
export interface AnswerFormat {
  /** Said in the system prompt, when the server is not told the schema otherwise. */
  readonly instruction: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const MAX_ISSUES = 20;
const MAX_ISSUE_LENGTH = 300;
/** Longer answers are not sent back in full: the model has the task and the problem, and the budget has a bound. */
const MAX_ANSWER_LENGTH = 20_000;

/** Puts the schema in the request as `method` wants it. */
export function answerFormat(
  method: StructuredMethod,
  name: string,
  answer: ModelSchema,
): AnswerFormat {
  return FORMATS[method](name, answer);
}

/**
 * The conversation for `request`: what was asked, the rounds of calls since, and, with `problem`, the last answer and what was
 * wrong with it.
 */
export function conversation(
  request: Pick<StructuredRequest<unknown>, 'system' | 'user'>,
  instruction: string,
  {
    problem,
    turns = [],
  }: { readonly problem?: AnswerProblem | undefined; readonly turns?: readonly BaseMessage[] } = {},
): readonly BaseMessage[] {
  const system = [request.system, instruction].filter((part) => part !== '').join('\n\n');
  const asked = [new SystemMessage(system), new HumanMessage(request.user), ...turns];
  if (problem === undefined) return asked;
  // Said as text even if it was a tool call: every server takes text, and few agree on how a tool call is answered.
  const answered =
    problem.text === '' ? [] : [new AIMessage(problem.text.slice(0, MAX_ANSWER_LENGTH))];
  return [...asked, ...answered, new HumanMessage(complaint(problem))];
}

/** The characters that a conversation and its format send, as one text. */
export function promptText(messages: readonly BaseMessage[], format: AnswerFormat): string {
  const said = messages.map((message) =>
    AIMessage.isInstance(message) && (message.tool_calls?.length ?? 0) > 0
      ? JSON.stringify(message.tool_calls)
      : message.text,
  );
  return [...said, JSON.stringify(format.options)].join('\n\n\n\n');
}

function complaint(problem: AnswerProblem): string {
  const listed = problem.issues
    .slice(0, MAX_ISSUES)
    .map((issue) => `- ${issue.slice(0, MAX_ISSUE_LENGTH)}`);
  const more =
    problem.issues.length > MAX_ISSUES ? [`- and ${problem.issues.length - MAX_ISSUES} more`] : [];
  return [
    'Your answer could not be used:',
    ...listed,
    ...more,
    'Give the whole answer again, mended.',
  ].join('\n');
}

const FORMATS: Readonly<
  Record<StructuredMethod, (name: string, answer: ModelSchema) => AnswerFormat>
> = {
  json_schema: (name, { schema, strict }) => ({
    instruction: '',
    options: { response_format: { type: 'json_schema', json_schema: { name, schema, strict } } },
  }),
  function_calling: (name, { schema, strict }) => ({
    instruction: `Answer by calling the tool ${name}.`,
    options: {
      tools: [
        {
          type: 'function',
          function: {
            name,
            description: 'Gives the answer.',
            parameters: schema,
            // Left out rather than false: not every server knows the word.
            ...(strict ? { strict } : {}),
          },
        },
      ],
      tool_choice: { type: 'function', function: { name } },
    },
  }),
  json_mode: (_name, { schema }) => ({
    instruction: `Answer with one JSON value that fits this JSON Schema, and nothing else:\n${JSON.stringify(schema)}`,
    options: { response_format: { type: 'json_object' } },
  }),
};
