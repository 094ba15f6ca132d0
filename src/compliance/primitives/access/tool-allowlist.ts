import { z } from 'zod';

import { notApplicable } from '../../judgement.ts';
import { definePrimitive } from '../../primitive.ts';
import { judgeEach } from '../judge-each.ts';

/** Agents call what they are listed for, as it is listed. */
export const toolAllowlist = definePrimitive(
  {
    id: 'tool.allowlist',
    parameters: z.strictObject({}),
    evidence: ['config'],
    predicate:
      'The name, the arguments schema and the class of side effect of each tool call are listed for this agent and phase',
    says: 'Calls match the manifest',
    cannotSay: 'What a tool does inside',
  },
  {
    gate: {
      needs: ['toolCalls', 'toolManifest'],
      judge: ({ toolCalls, toolManifest }) =>
        toolCalls.length === 0
          ? notApplicable('No tool is called in this phase.')
          : judgeEach(toolCalls, {
              path: 'compliance.toolCalls',
              holds: ({ tool, agent, phase, effect, argumentsSchema }) =>
                toolManifest.some(
                  (listed) =>
                    listed.tool === tool &&
                    listed.agent === agent &&
                    listed.phases.includes(phase) &&
                    listed.effect === effect &&
                    listed.argumentsSchema === argumentsSchema,
                ),
              yes: 'Every tool call is listed for its agent and phase.',
              no: 'A tool call is not listed for its agent and phase.',
              remedy: 'Call what the manifest lists, or let the manifest be changed and approved.',
            }),
    },
  },
);
