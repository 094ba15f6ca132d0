// One process asks and ends; another one approves, hours or machines later, and finishes the run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { compileWorkflow, driveRun, type Principal, type RunMessage } from 'phasegate';
import { openEmbeddedStorage } from 'phasegate/storage';
import { emailCampaign } from 'phasegate/workflows';

// Whoever approves is taken from the operating system, never from what the approval says.
const whoIsCalling = (): Principal => ({
  id: userInfo().username,
  kind: 'person',
  roles: [],
  authenticated: true,
  source: 'os-user',
});

/** Sends one message into the thread, with everything that is kept in `directory`. */
async function send(directory: string, message: RunMessage): Promise<void> {
  await using storage = await openEmbeddedStorage({ directory });
  await using _lock = await storage.lockThread('spring');
  const workflow = emailCampaign({ approvalValidForMs: 3_600_000, phaseTimeoutMs: 60_000 });
  const graph = compileWorkflow(workflow, {
    checkpointer: storage.checkpointer,
    // Approvals are sealed with this key: both processes need the same one.
    sealKey: storage.sealKey(),
    // In production only an authenticated person's approval counts.
    profile: 'production',
    identify: whoIsCalling,
  });
  const { status, phase } = await driveRun(graph, { workflow, thread: 'spring', message });
  console.log(`process ${process.pid}: ${status} at ${phase}`);
}

/** Runs this file in a process of its own. */
function inNewProcess(step: string, directory: string): string {
  const file = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [...process.execArgv, file, step, directory]);
  assert.equal(child.status, 0, child.stderr.toString());
  process.stdout.write(child.stdout);
  return child.stdout.toString();
}

const [step, given = ''] = process.argv.slice(2);
if (step === 'ask') {
  const brief = await readFile(new URL('briefs/spring-offer.md', import.meta.url), 'utf8');
  await send(given, { kind: 'start', input: { brief } });
} else if (step === 'approve') {
  await send(given, { kind: 'answer', answer: { decision: 'approve' } });
} else {
  const directory = await mkdtemp(join(tmpdir(), 'phasegate-example-'));
  try {
    assert.match(inNewProcess('ask', directory), /waiting at confirmation/);
    assert.match(inNewProcess('approve', directory), /completed at completed/);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
