import { createHmac, timingSafeEqual } from 'node:crypto';

import type { Config } from '../../config/index.ts';
import { canonicalJson, digestOf, frozenJson, randomIds } from '../../kernel/index.ts';
import type { PluginTables } from '../../plugins/index.ts';
import type { Principal } from '../../state/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';
import type { AppAudit } from '../evidence/index.ts';
import { openPluginRecords } from '../plugins/index.ts';
import { KeptWorkflowError } from './errors.ts';
import { MadeWorkflow } from './made-workflow.ts';

/** What is needed to read which workflow a thread runs. */
export interface KeepingParts {
  readonly config: Config;
  readonly sealKey: Uint8Array;
  readonly audit: AppAudit;
}

interface Running {
  readonly thread: string;
  readonly workflow: string;
}

/**
 * Writes down, before a run begins, of which template and parameters its workflow was made. Recorded in the audit trail first.
 *
 * @throws AUDIT_*; STORAGE_RECORDS_*.
 */
export async function keepWorkflow(
  { config, sealKey, audit }: KeepingParts,
  { thread, made, by }: { thread: string; made: MadeWorkflow; by: Principal },
): Promise<void> {
  const { template, parameters, plan } = made;
  const { id, kind, roles, authenticated } = by;
  await audit.append({
    key: `workflows/${randomIds.next()}`,
    kind: 'effect',
    actor: { id, kind, roles, authenticated },
    outcome: 'success',
    target: `workflow ${plan.id}`,
    thread,
    facts: {
      event: 'workflow-made',
      template: `${template.id}@${template.version}`,
      plugin: template.digest,
      parameters: digestOf(parameters),
      plan: digestOf(plan),
    },
  });
  const row = {
    thread,
    workflow: plan.id,
    plugin: template.id,
    body: canonicalJson(frozenJson(made)),
    seal: sealOf({ thread, workflow: plan.id }, made, sealKey),
  };
  await withRegistry(config, async (database) => {
    await database.exclusively(async (queries) => {
      // What a run left that died before it began, or that has ended, is another one's by now.
      await queries.deleteFrom('plugins_workflows').where('thread', '=', thread).execute();
      await queries.insertInto('plugins_workflows').values(row).execute();
    });
  });
}

/** Gives the workflow that a thread runs. @throws {@link KeptWorkflowError}; STORAGE_RECORDS_*. */
export async function keptWorkflow(parts: KeepingParts, at: Running): Promise<MadeWorkflow> {
  const { thread, workflow } = at;
  const row = await withRegistry(parts.config, ({ reader }) =>
    reader
      .selectFrom('plugins_workflows')
      .select(['body', 'seal'])
      .where('thread', '=', thread)
      .where('workflow', '=', workflow)
      .executeTakeFirst(),
  );
  if (row === undefined)
    throw new KeptWorkflowError(
      thread,
      workflow,
      'the registry of plugins does not say of which template it was made',
    );
  return opened(row, at, parts);
}

/** Gives every workflow that threads run or have run, one for each plan. @throws {@link KeptWorkflowError}. */
export async function allKeptWorkflows(parts: KeepingParts): Promise<readonly MadeWorkflow[]> {
  const rows = await withRegistry(parts.config, ({ reader }) =>
    reader.selectFrom('plugins_workflows').selectAll().execute(),
  );
  const found = new Map<string, MadeWorkflow>();
  for (const row of rows) {
    const made = opened(row, row, parts);
    found.set(digestOf(made.plan), made);
  }
  return [...found.values()];
}

async function withRegistry<Result>(
  config: Config,
  work: (database: RecordsDatabase<PluginTables>) => Promise<Result>,
): Promise<Result> {
  const database = await openPluginRecords(config);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function opened(
  { body, seal }: { readonly body: string; readonly seal: string },
  at: Running,
  { sealKey }: Pick<KeepingParts, 'sealKey'>,
): MadeWorkflow {
  const { thread, workflow } = at;
  const made = MadeWorkflow.safeParse(jsonOf(body));
  if (made.success && isSame(seal, sealOf(at, made.data, sealKey))) return made.data;
  throw new KeptWorkflowError(
    thread,
    workflow,
    'what the registry of plugins says of its template is not what was sealed there',
  );
}

function sealOf({ thread, workflow }: Running, made: MadeWorkflow, key: Uint8Array): string {
  const text = canonicalJson(frozenJson({ thread, workflow, made }));
  return createHmac('sha256', key).update(`phasegate workflow\n${text}`).digest('hex');
}

function isSame(seal: string, expected: string): boolean {
  const [one, other] = [Buffer.from(seal), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON is not what was sealed, and is told as such.
    return undefined;
  }
}
