import { Client, type ClientConfig } from 'langsmith';

import { HIDDEN, programName } from './program-name.ts';

type CreatedRun = Parameters<Client['createRun']>[0];
type UpdatedRun = Parameters<Client['updateRun']>[1];
type Destination = Parameters<Client['createRun']>[1];

/** LangChain's own tags: `graph:step:3`, `seq:step:1`. Others come from callers. */
const LIBRARY_TAG = /^(?:graph|seq|map|branch):[a-z]+:[\w-]{1,64}$/;

/**
 * A LangSmith client through which only the shape of a run passes: ids, times, types, and names that programs gave.
 * What a run read, made, said or failed with is left out before the vendor's code sees it.
 */
export class AnonymousClient extends Client {
  constructor(config: ClientConfig) {
    super({
      ...config,
      // The second line: were a field to slip through below, these hide the rest.
      hideInputs: true,
      hideOutputs: true,
      hideMetadata: true,
      anonymizer: () => ({ error: HIDDEN }),
      omitTracedRuntimeInfo: true,
      // Named here, because the client throws on what the environment says otherwise.
      tracingMode: 'langsmith',
      blockOnRootRunFinalization: false,
      disablePromptCache: true,
      debug: false,
    });
  }

  override createRun(run: CreatedRun, destination?: Destination): Promise<void> {
    return super.createRun(anonymous(run), destination);
  }

  override updateRun(id: string, run: UpdatedRun, destination?: Destination): Promise<void> {
    return super.updateRun(id, anonymous(run), destination);
  }
}

const KEPT = [
  'id',
  'trace_id',
  'parent_run_id',
  'dotted_order',
  'run_type',
  'start_time',
  'end_time',
  'execution_order',
  'session_name',
  'project_name',
];

/** Builds a run anew from the fields that may leave; what is not named here stays. */
function anonymous<Run extends CreatedRun | UpdatedRun>(run: Run): Run {
  const source: Readonly<Record<string, unknown>> = { ...run };
  const result: Record<string, unknown> = { inputs: {}, extra: { metadata: {} } };
  for (const field of KEPT) if (source[field] !== undefined) result[field] = source[field];
  if (source['name'] !== undefined) result['name'] = programName(source['name']);
  if (source['outputs'] !== undefined) result['outputs'] = {};
  if (source['error'] !== undefined) result['error'] = HIDDEN;
  if (Array.isArray(source['tags'])) result['tags'] = source['tags'].filter(isLibraryTag);
  return result as Run;
}

function isLibraryTag(tag: unknown): tag is string {
  return typeof tag === 'string' && LIBRARY_TAG.test(tag);
}
