import { hostname } from 'node:os';
import { resolve } from 'node:path';

import type { Config } from '../config/index.ts';
import { digestOf, type Logger } from '../kernel/index.ts';
import type { CompileOptions, WorkflowDescription } from '../workflow/index.ts';
import { openHouseFacts, type HouseFacts } from './compliance/house-facts.ts';
import { installationOf, type AppAudit } from './evidence/index.ts';
import { openPluginGates, type PluginGates } from './plugins/gates/plugin-gates.ts';
import { loadPolicies, type Policies } from './policy/load-policies.ts';
import { holdToFloor, type FloorParts } from './policy/policy-floor.ts';
import { openWaiverBook, type WaiverBook } from './policy/waiver-book.ts';

/** What the house demands of every run, whoever begins it: on the command line, in Studio, behind a LangGraph server. */
export interface House extends AsyncDisposable {
  /** The house's own rules, which workflows get at their gates. */
  readonly policies: Policies;
  /** Checks of plugins, which workflows get at their gates. */
  readonly pluginGates: PluginGates;
  /** Exceptions that people have given each other. */
  readonly waivers: WaiverBook;
  /** What the house knows that checks of standards read. */
  readonly houseFacts: HouseFacts;
  /** What the data folder remembers of policies. */
  readonly floor: FloorParts;
}

/** What a house is opened with. */
export interface HouseParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly audit: AppAudit;
  readonly sealKey: Uint8Array;
}

/** Opens what the configuration demands at gates. @throws for policies, facts and plugins that cannot be used. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const { config, logger, audit, sealKey } = parts;
  const policies = await loadPolicies(config);
  const authenticatedOnly = config.profile === 'production';
  const waivers = openWaiverBook({
    directory: config.dataDir,
    sealKey,
    logger,
    authenticatedOnly,
    installation: () => installationOf(config),
  });
  const houseFacts = await openHouseFacts({ ...parts, waivers });
  const pluginGates = await openPluginGates(parts);
  return {
    policies,
    pluginGates,
    houseFacts,
    waivers,
    floor: {
      dataDir: config.dataDir,
      sealKey,
      audit,
      installation: () => installationOf(config),
      folder: config.audit.database.kind === 'postgres' ? folderName(config) : '',
      policies: policies.all,
      standards: policies.standards,
      isSigned: config.policy.isSigned,
    },
    [Symbol.asyncDispose]: async () => pluginGates[Symbol.asyncDispose](),
  };
}

/** Tells this machine's data folder from others that write to the same trail. */
function folderName({ dataDir }: Config): string {
  return digestOf([hostname(), resolve(dataDir)]);
}

/** What is to be done before a run goes on: policies are held against those of before, and what checks are told of is looked at. */
export async function readyHouse({ floor, houseFacts }: House): Promise<void> {
  await holdToFloor(floor);
  await houseFacts.observe();
}

/** Gives a workflow as the house has it run: with its own rules and the checks of plugins at the gates. */
export function inHouse<Input, Artifacts>(
  { policies, pluginGates }: Pick<House, 'policies' | 'pluginGates'>,
  workflow: WorkflowDescription<Input, Artifacts>,
): WorkflowDescription<Input, Artifacts> {
  return pluginGates.applyTo(policies.applyTo(workflow));
}

/** Gives what a workflow is compiled with besides: the waivers that hold for it, and what the house knows. */
export function houseOptions(
  { waivers, houseFacts: facts }: Pick<House, 'waivers' | 'houseFacts'>,
  workflow: string,
): Required<Pick<CompileOptions, 'waivers' | 'complianceFacts'>> {
  return { waivers: () => waivers.active(workflow), complianceFacts: () => facts.of(workflow) };
}
