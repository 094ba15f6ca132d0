import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { describeGraph, workflowNamed } from '../../src/app/index.ts';
import { drawGraph } from '../../src/drawing/index.ts';

test("the README's picture is the workflow as it is drawn today", async () => {
  const entry = workflowNamed('email-campaign');
  const workflow = entry.describe({ approvalValidForMs: 1, phaseTimeoutMs: 1 });
  const drawn = await drawGraph(describeGraph(workflow), 'svg');
  // Drawn anew by: npm run build && node dist/src/cli/main.js graph email-campaign --format svg --out docs/email-campaign.svg
  expect(readFileSync('docs/email-campaign.svg', 'utf8').trim()).toBe(drawn.trim());
});
