import { randomBytes } from 'node:crypto';

import { isPhasegateError } from '../../kernel/index.ts';
import {
  DATA_CLASSES,
  scanText,
  type Detector,
  type Finding,
  type ScanOptions,
} from '../../privacy/index.ts';
import { ModelOutputError, ModelPromptRefusedError } from '../errors.ts';
import type { Model, StructuredReply, StructuredRequest } from '../port.ts';
import type { ToolCall, ToolOffer } from '../tools/tool-offer.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';

/** What becomes of data of persons in a prompt: it goes as it is, stand-ins go in its place, or nothing goes. */
export type PromptPolicy = 'allow' | 'pseudonymise' | 'deny';

/** What {@link shieldModel} takes. */
export interface PromptShield {
  readonly policy: PromptPolicy;
  /** Types that the policy is about; identifiers and secrets unless told ({@link DATA_CLASSES}). */
  readonly types?: readonly string[];
  /** Detectors of one's own; name their types in `types`. */
  readonly detectors?: readonly Detector[];
  /** The longest time that is taken to look through one prompt, in milliseconds; 2,000 unless told. */
  readonly maxMs?: number;
}

/** What is kept from a model that is not on this machine, unless told otherwise. */
export const SHIELDED_TYPES: readonly string[] = Object.freeze([
  ...DATA_CLASSES.identifier,
  ...DATA_CLASSES.secret,
]);

const MARK_BYTES = 4;

/**
 * Puts a shield in front of a model. With `pseudonymise`, a stand-in takes the place of each identifier in the prompts, and
 * the answer has what they stand for again: the model, its server and their logs never have it. With `deny` a prompt that
 * holds any is not sent. What cannot be looked through is not sent either.
 *
 * @returns A model with the same contract; its `structured` also throws {@link ModelPromptRefusedError}.
 */
export function shieldModel(model: Model, shield: PromptShield): Model {
  if (shield.policy === 'allow') return model;
  const options = scanOptions(shield);
  const structured: Model['structured'] = async (request, spent) =>
    shield.policy === 'deny'
      ? model.structured(undenied(model.id, request, options), spent)
      : pseudonymised(model, request, { options, spent });
  return Object.freeze({ ...model, structured });
}

function scanOptions({ types = SHIELDED_TYPES, detectors, maxMs }: PromptShield): ScanOptions {
  return {
    types,
    ...(detectors === undefined ? {} : { detectors }),
    ...(maxMs === undefined ? {} : { maxMs }),
  };
}

function undenied<Value>(
  id: string,
  request: StructuredRequest<Value>,
  options: ScanOptions,
): StructuredRequest<Value> {
  const found = lookedThrough(id, () =>
    [request.system, request.user].flatMap((text): readonly Finding[] => scanText(text, options)),
  );
  if (found.length === 0) return watchedTools(id, request, options);
  const types = [...new Set(found.map(({ type }) => type))];
  throw new ModelPromptRefusedError(id, { types, count: found.length });
}

/** What tools give goes to the model as well. */
function watchedTools<Value>(
  id: string,
  request: StructuredRequest<Value>,
  options: ScanOptions,
): StructuredRequest<Value> {
  const { tools } = request;
  if (tools === undefined) return request;
  const run: ToolOffer['run'] = async (calls, spent) => {
    const results = await tools.run(calls, spent);
    const found = lookedThrough(id, () =>
      results.flatMap(({ content }): readonly Finding[] => scanText(content, options)),
    );
    if (found.length === 0) return results;
    const types = [...new Set(found.map(({ type }) => type))];
    throw new ModelPromptRefusedError(id, { types, count: found.length });
  };
  return { ...request, tools: { ...tools, run } };
}

/** Tools get what the stand-ins stand for; what they give is hidden as the prompt was. */
function veiledTools(id: string, tools: ToolOffer, standIns: StandIns): ToolOffer {
  const run: ToolOffer['run'] = async (calls, spent) => {
    const results = await tools.run(
      calls.map((call) => ({ ...call, args: argumentsOf(standIns.reveal(call.args)) })),
      spent,
    );
    return lookedThrough(id, () =>
      results.map((result) => ({ ...result, content: standIns.hide(result.content) })),
    );
  };
  return { ...tools, run };
}

function argumentsOf(revealed: unknown): ToolCall['args'] {
  return typeof revealed === 'object' && revealed !== null
    ? (revealed as ToolCall['args'])
    : undefined;
}

async function pseudonymised<Value>(
  model: Model,
  request: StructuredRequest<Value>,
  {
    options,
    spent,
  }: { readonly options: ScanOptions; readonly spent: Parameters<Model['structured']>[1] },
): Promise<StructuredReply<Value>> {
  const standIns = createStandIns(options, randomBytes(MARK_BYTES).toString('hex'));
  const hidden = lookedThrough(model.id, () => ({
    system: standIns.hide(request.system),
    user: standIns.hide(request.user),
  }));
  const { tools } = request;
  // Without tools nothing can come in that has to be hidden later.
  if (standIns.counts.size === 0 && tools === undefined) return model.structured(request, spent);
  const veiled = tools === undefined ? {} : { tools: veiledTools(model.id, tools, standIns) };
  const reply = await model.structured({ ...request, ...hidden, ...veiled }, spent);
  return { ...reply, value: await valueOf(model.id, reply, { schema: request.schema, standIns }) };
}

/** What the answer says with the data in its place has to fit as well. */
async function valueOf<Value>(
  id: string,
  { value, usage, repairs }: StructuredReply<Value>,
  { schema, standIns }: Pick<StructuredRequest<Value>, 'schema'> & { readonly standIns: StandIns },
): Promise<Value> {
  const whole = await schema.safeParseAsync(standIns.reveal(value));
  if (whole.success) return whole.data;
  const { length } = whole.error.issues;
  throw new ModelOutputError(id, { kind: 'wrong-shape', issues: length, repairs }, usage);
}

function lookedThrough<Result>(id: string, look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    if (isPhasegateError(error) && error.code.startsWith('PRIVACY_'))
      throw new ModelPromptRefusedError(id, { types: [], count: 0 }, error);
    throw error;
  }
}
