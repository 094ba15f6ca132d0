import { readSuppliedFacts, type SuppliedFacts } from '../../compliance/index.ts';
import type { Config } from '../../config/index.ts';
import { readDataFile } from '../policy/read-policy-file.ts';
import { probeGates } from './probe.ts';

/**
 * Gives what the house knows that checks of standards read at gates: the configured file (endpoints, agreements, identities,
 * purposes, changes), and probes of gates that are made now, where the file tells of none. Without a file, what only the house knows
 * cannot be decided.
 *
 * @throws APP_UNREADABLE_FILE; COMPLIANCE_INVALID_EVIDENCE naming what is not of its shape.
 */
export async function houseFacts({
  compliance: { mode, factsFile },
}: Pick<Config, 'compliance'>): Promise<SuppliedFacts> {
  if (mode === 'off' || factsFile === undefined) return {};
  const facts = readSuppliedFacts((await readDataFile(factsFile)).value);
  const probes = facts.probes ?? (await probeGates());
  // What is read has the parts that are there and no others, which its type cannot say.
  return Object.freeze({ ...facts, probes }) as SuppliedFacts;
}
