import {
  AIMessage,
  AIMessageChunk,
  ChatMessage,
  ChatMessageChunk,
  FunctionMessage,
  FunctionMessageChunk,
  HumanMessage,
  HumanMessageChunk,
  RemoveMessage,
  SystemMessage,
  SystemMessageChunk,
  ToolMessage,
  ToolMessageChunk,
  isBaseMessage,
  type BaseMessage,
} from '@langchain/core/messages';

/** The only classes that stored data can bring back, by the name under which each is stored. */
const MAKERS: ReadonlyMap<string, () => BaseMessage> = new Map<string, () => BaseMessage>([
  ['ai', () => new AIMessage({ content: '' })],
  ['ai+', () => new AIMessageChunk({ content: '' })],
  ['human', () => new HumanMessage({ content: '' })],
  ['human+', () => new HumanMessageChunk({ content: '' })],
  ['system', () => new SystemMessage({ content: '' })],
  ['system+', () => new SystemMessageChunk({ content: '' })],
  ['tool', () => new ToolMessage({ content: '', tool_call_id: '' })],
  ['tool+', () => new ToolMessageChunk({ content: '', tool_call_id: '' })],
  ['function', () => new FunctionMessage({ content: '', name: '' })],
  ['function+', () => new FunctionMessageChunk({ content: '', name: '' })],
  ['generic', () => new ChatMessage({ content: '', role: '' })],
  ['generic+', () => new ChatMessageChunk({ content: '', role: '' })],
  ['remove', () => new RemoveMessage({ id: '' })],
]);

/** What a message may carry; nothing else of a stored record reaches an object. */
const FIELDS = [
  'content',
  'id',
  'name',
  'role',
  'tool_calls',
  'invalid_tool_calls',
  'tool_call_chunks',
  'tool_call_id',
  'status',
  'artifact',
  'metadata',
  'usage_metadata',
  'additional_kwargs',
  'response_metadata',
] as const;

/** A message as it is stored: the name of its class and its own fields. */
export interface MessageRecord {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Gives the record of a message of a known class, or `undefined` for anything else. */
export function recordOfMessage(value: object): MessageRecord | undefined {
  if (!isBaseMessage(value)) return undefined;
  const kind = kindOf(value);
  if (!MAKERS.has(kind)) return undefined;
  const fields: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const field: unknown = Reflect.get(value, name);
    if (field !== undefined && !(isEmptyObject(field) && name !== 'content')) fields[name] = field;
  }
  return { kind, fields };
}

/** Tells whether a message is written as one. */
export function isMessageOfKnownClass(value: object): boolean {
  return isBaseMessage(value) && MAKERS.has(kindOf(value));
}

function kindOf(message: BaseMessage): string {
  return 'concat' in message ? `${message.type}+` : message.type;
}

/**
 * Gives the message that a record describes.
 *
 * @throws TypeError for a class that is not in the list.
 */
export function messageOfRecord(kind: unknown, fields: object): BaseMessage {
  const make = typeof kind === 'string' ? MAKERS.get(kind) : undefined;
  if (make === undefined) throw new TypeError('a stored message of an unknown class');
  const message = make();
  const given: Record<string, unknown> = {};
  for (const name of FIELDS) {
    if (!Object.hasOwn(fields, name)) continue;
    const field: unknown = Reflect.get(fields, name);
    Reflect.set(message, name, field);
    given[name] = field;
  }
  // What LangChain itself writes out when the message is serialized again elsewhere.
  message.lc_kwargs = { additional_kwargs: {}, response_metadata: {}, ...given };
  return message;
}

function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === 0;
}
