import { isPhasegateError } from '../../../kernel/index.ts';
import { WorkflowPlan } from '../../../state/index.ts';
import { defineKind, type ConformanceResult, type ConformanceRun } from '../kind.ts';
import {
  demandOperation,
  demandPure,
  examplesOf,
  findOperation,
  isObject,
} from '../schema-shape.ts';
import { documentApproval } from './built-in/document-approval.ts';
import { twoPersonApproval } from './built-in/two-person-approval.ts';

/** Templates: parameters in, a workflow plan out. */
export const workflowTemplateKind = defineKind({
  kind: 'workflow-template',
  title: 'Workflow template',
  description: 'Makes workflow plans of parameters; may extend the template of another plugin.',
  allowedPermissions: ['tools', 'plugins'] as const,
  builtIns: [documentApproval, twoPersonApproval],
  demands: (manifest) => [
    ...demandPure(manifest, 'workflow-template'),
    ...demandOperation(manifest, 'describe', { output: ['id', 'version', 'parameters'] }),
    ...demandOperation(manifest, 'preview', { input: ['parameters'], output: ['plan'] }),
    ...demandOperation(manifest, 'instantiate', { input: ['parameters'], output: ['plan'] }),
  ],
  conformance: async (manifest, run) => {
    const found = findOperation(manifest, 'instantiate');
    const [example = {}] = examplesOf(found?.operation.input ?? {});
    const parameters = isObject(example) ? (example['parameters'] ?? {}) : {};
    const described = await run.call('describe', {});
    const made = await run.call('instantiate', { parameters });
    const shown = await run.call('preview', { parameters });
    const plan = isObject(made) ? made['plan'] : undefined;
    const unknown = { ...(isObject(parameters) ? parameters : {}), noSuchParameter: 1 };
    return [
      result(
        'describe: its id and version are those of the manifest',
        isObject(described) &&
          described['id'] === manifest.id &&
          described['version'] === manifest.version,
      ),
      result('instantiate: gives a workflow plan', WorkflowPlan.safeParse(plan).success),
      result('instantiate: no placeholder is left in the plan', !/\{\{/.test(JSON.stringify(plan))),
      result(
        'preview: shows the plan that is made',
        isObject(shown) && JSON.stringify(shown['plan']) === JSON.stringify(plan),
      ),
      await refuses('instantiate: refuses a parameter that is not described', run, unknown),
    ];
  },
});

async function refuses(
  rule: string,
  run: ConformanceRun,
  parameters: Parameters<ConformanceRun['call']>[1],
): Promise<ConformanceResult> {
  try {
    await run.call('instantiate', { parameters });
    return { rule, outcome: 'fail' };
  } catch (error) {
    return isPhasegateError(error) ? { rule, outcome: 'pass' } : { rule, outcome: 'fail' };
  }
}

function result(rule: string, holds: boolean): ConformanceResult {
  return { rule, outcome: holds ? 'pass' : 'fail' };
}
