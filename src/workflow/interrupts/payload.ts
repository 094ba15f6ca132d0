import { frozenJson, type JsonValue } from '../../kernel/index.ts';

/** What a person is shown, before it takes the form that clients know. */
export interface Prompt {
  /** The action's name, kebab case. */
  readonly action: string;
  /** The values that can be edited. */
  readonly args: JsonValue;
  /** Markdown. */
  readonly description: string;
  /** JSON Schema of `args`. */
  readonly schema: JsonValue;
  readonly decisions: readonly ('approve' | 'edit' | 'reject' | 'respond')[];
  /** What Phasegate's own clients read besides. */
  readonly phasegate: JsonValue;
}

/**
 * Gives the value of an interrupt. Clients look for different names, so it holds all of them: LangGraph Studio and Agent
 * Inbox read `action_request` and `config`, Agent Chat UI `action_requests` and `review_configs`, the LangChain
 * middleware's JavaScript clients the camel-case twins.
 */
export function interruptPayload(prompt: Prompt): JsonValue {
  const { action, args, description, schema, decisions } = prompt;
  const requests = [{ name: action, args, arguments: args, description }];
  return frozenJson({
    action_request: { action, args },
    config: {
      allow_ignore: true,
      allow_respond: decisions.includes('respond'),
      allow_edit: decisions.includes('edit'),
      allow_accept: decisions.includes('approve'),
    },
    description,
    action_requests: requests,
    review_configs: [{ action_name: action, allowed_decisions: decisions, args_schema: schema }],
    actionRequests: requests,
    reviewConfigs: [{ actionName: action, allowedDecisions: decisions, argsSchema: schema }],
    phasegate: prompt.phasegate,
  });
}
