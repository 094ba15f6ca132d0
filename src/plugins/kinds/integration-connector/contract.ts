import type { HostRequest, Manifest } from '../../contract/index.ts';
import type { ManifestProblem } from '../../errors/index.ts';
import { defineKind, type ConformanceResult, type ConformanceRun } from '../kind.ts';
import { examplesOf } from '../schema-shape.ts';
import { httpConnector } from './built-in/http-connector.ts';
import { webhookSender } from './built-in/webhook-sender.ts';

const READS = new Set(['GET', 'HEAD']);

/** Connectors: the one kind that reaches out, and may change something there. */
export const integrationConnectorKind = defineKind({
  kind: 'integration-connector',
  title: 'Integration connector',
  description: 'Talks to other systems: HTTP interfaces, mounted tool servers, webhooks.',
  allowedPermissions: [
    'net',
    'fs.read',
    'fs.write',
    'env',
    'secrets',
    'tools',
    'plugins',
    'llm',
    'state',
    'events',
    'time',
    'random',
    'spawn',
  ] as const,
  builtIns: [httpConnector, webhookSender],
  demands: (manifest) => [...demandEffects(manifest), ...demandSecrets(manifest)],
  conformance: async (manifest, run) => {
    const results: ConformanceResult[] = [];
    for (const { name, input, sideEffects } of manifest.contributes.operations) {
      // Requests are told apart by when they were made.
      // oxlint-disable-next-line no-await-in-loop
      const made = await requestsOf(name, examplesOf(input), run);
      const reads = made.every(({ method = 'GET' }) => READS.has(method));
      results.push(
        result(
          `${name}: says that it has side effects when it sends something`,
          sideEffects || reads,
        ),
        result(`${name}: puts no secret into headers or URLs`, !made.some(carriesSecret)),
      );
    }
    return results;
  },
});

/** What changes nothing may always be asked again. */
function demandEffects({ contributes }: Manifest): readonly ManifestProblem[] {
  return contributes.operations.flatMap(({ sideEffects, idempotent }, index) =>
    sideEffects || idempotent
      ? []
      : [
          {
            path: `contributes.operations.${index}.idempotent`,
            message: 'An operation without side effects is idempotent.',
          },
        ],
  );
}

/** A secret goes nowhere but into requests. */
function demandSecrets({ permissions }: Manifest): readonly ManifestProblem[] {
  const { secrets, net } = permissions;
  return secrets === undefined || net !== undefined
    ? []
    : [{ path: 'permissions.secrets', message: 'Handles of secrets are of use with "net" only.' }];
}

async function requestsOf(
  name: string,
  examples: ReturnType<typeof examplesOf>,
  run: ConformanceRun,
): Promise<readonly HostRequest[]> {
  const before = run.requests().length;
  for (const example of examples)
    // oxlint-disable-next-line no-await-in-loop
    await run.call(name, example);
  return run.requests().slice(before);
}

const SECRET_NAME =
  /^(authorization|cookie|x-api-key|api[-_]?key|access[-_]?token|token|password)$/i;

function carriesSecret({ url, headers = {} }: HostRequest): boolean {
  const names = [...Object.keys(headers), ...new URL(url).searchParams.keys()];
  return names.some((name) => SECRET_NAME.test(name));
}

function result(rule: string, holds: boolean): ConformanceResult {
  return { rule, outcome: holds ? 'pass' : 'fail' };
}
