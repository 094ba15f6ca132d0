import { randomBytes } from 'node:crypto';

import { isPhasegateError } from '../../kernel/index.ts';
import type { Detector, Finding } from '../../privacy/index.ts';
import { ModelOutputError, ModelPromptRefusedError } from '../errors.ts';
import type { Model, StructuredReply, StructuredRequest } from '../port.ts';
import type { ToolCall, ToolOffer } from '../tools/tool-offer.ts';
import { createStandIns, type Scan, type StandIns } from './stand-ins.ts';

/** What becomes of data of persons in a prompt: it goes as it is, stand-ins go in its place, or nothing goes. */
export type PromptPolicy = 'allow' | 'pseudonymise' | 'deny';

/** What {@link shieldModel} takes. */
export interface PromptShield {
  readonly policy: PromptPolicy;
  /** Types that the policy is about; identifiers and secrets (DATA_CLASSES of phasegate/privacy) unless told. */
  readonly types?: readonly string[];
  /** Detectors of one's own; name their types in `types`. */
  readonly detectors?: readonly Detector[];
  /** The longest time that is taken to look through one prompt, in milliseconds; 2,000 unless told. */
  readonly maxMs?: number;
}

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
  const structured: Model['structured'] = async (request, spent) => {
    const scan = await scanFor(shield);
    return shield.policy === 'deny'
      ? model.structured(undenied(model.id, request, scan), spent)
      : pseudonymised(model, request, { scan, spent });
  };
  return Object.freeze({ ...model, structured });
}

/** The scanner is loaded by who needs it: a process with models that are near would start the later for it. */
async function scanFor({ types, detectors, maxMs }: PromptShield): Promise<Scan> {
  const { DATA_CLASSES, scanText } = await import('../../privacy/index.ts');
  const options = {
    types: types ?? [...DATA_CLASSES.identifier, ...DATA_CLASSES.secret],
    ...(detectors === undefined ? {} : { detectors }),
    ...(maxMs === undefined ? {} : { maxMs }),
  };
  return (text) => scanText(text, options);
}

function undenied<Value>(
  id: string,
  request: StructuredRequest<Value>,
  scan: Scan,
): StructuredRequest<Value> {
  const found = lookedThrough(id, () =>
    [request.system, request.user].flatMap((text): readonly Finding[] => scan(text)),
  );
  if (found.length === 0) return watchedTools(id, request, scan);
  const types = [...new Set(found.map(({ type }) => type))];
  throw new ModelPromptRefusedError(id, { types, count: found.length });
}

/** What tools give goes to the model as well. */
function watchedTools<Value>(
  id: string,
  request: StructuredRequest<Value>,
  scan: Scan,
): StructuredRequest<Value> {
  const { tools } = request;
  if (tools === undefined) return request;
  const run: ToolOffer['run'] = async (calls, spent) => {
    const results = await tools.run(calls, spent);
    const found = lookedThrough(id, () =>
      results.flatMap(({ content }): readonly Finding[] => scan(content)),
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
  { scan, spent }: { readonly scan: Scan; readonly spent: Parameters<Model['structured']>[1] },
): Promise<StructuredReply<Value>> {
  const standIns = createStandIns(scan, randomBytes(MARK_BYTES).toString('hex'));
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
