import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import type { AuditEvent } from '../../audit/index.ts';
import { loadConfig } from '../../config/index.ts';
import type { PluginEvent } from '../../plugins/index.ts';
import type { Principal } from '../../state/index.ts';
import { policyOf } from './plugin-policy.ts';
import { pluginCaller, recordPluginEvents } from './record-plugin-events.ts';

const workingDirectory = mkdtempSync(join(tmpdir(), 'phasegate-app-plugins-'));
afterAll(() => rmSync(workingDirectory, { recursive: true, force: true }));

async function policyFrom(toml: string): Promise<unknown> {
  writeFileSync(join(workingDirectory, 'phasegate.toml'), toml);
  return policyOf((await loadConfig({ environment: {}, workingDirectory })).plugins);
}

describe('the policy', () => {
  const named = '[plugins.policy]\nhosts = ["api.example.com"]\nenv = ["REGION"]\n';

  test('lets nothing out of the sandbox, whatever it names', async () => {
    const policy = await policyFrom(named);
    expect(policy).toEqual({
      time: true,
      random: true,
      state: { quotaKb: 65_536 },
      tools: { names: ['phasegate.document-approval/describe'] },
    });
  });

  test('is what it names in production', async () => {
    expect(await policyFrom(`[plugins]\nprofile = "production"\n${named}`)).toMatchObject({
      net: { hosts: ['api.example.com'], methods: ['GET', 'HEAD'] },
      env: { names: ['REGION'] },
    });
  });

  test('refuses a name that no permission takes', async () => {
    const toml = '[plugins]\nprofile = "production"\n[plugins.policy]\nread = ["../etc"]\n';
    await expect(policyFrom(toml)).rejects.toMatchObject({ code: 'APP_UNUSABLE_POLICY' });
  });
});

describe('what happens to plugins', () => {
  const person: Principal = {
    id: 'kim',
    kind: 'person',
    roles: [],
    authenticated: true,
    source: 'os-user',
  };
  const script: Principal = {
    id: 'kim',
    kind: 'script',
    roles: [],
    authenticated: false,
    source: 'script',
  };
  const event = (principal: Principal, more: Partial<PluginEvent> = {}): PluginEvent => ({
    key: 'plugins/1',
    kind: 'plugin-kill',
    caller: pluginCaller(principal),
    plugin: 'a.b',
    digest: '',
    outcome: 'success',
    facts: { what: 'stopped' },
    ...more,
  });

  async function recorded(given: PluginEvent): Promise<AuditEvent | undefined> {
    const written: AuditEvent[] = [];
    const sink = {
      append: async (one: AuditEvent) => {
        written.push(one);
        return { chain: 'main', seq: 0, hash: '', repeated: false };
      },
    };
    await recordPluginEvents(sink, [person, script]).record(given);
    return written[0];
  }

  test('is recorded as a decision of whoever made it; a script is never a person of its name', async () => {
    expect(await recorded(event(person))).toMatchObject({
      kind: 'approval',
      outcome: 'deny',
      target: 'plugin a.b',
      actor: { id: 'kim', kind: 'person', authenticated: true, roles: ['operator'] },
    });
    expect(await recorded(event(script))).toMatchObject({
      actor: { id: 'script/kim', kind: 'script', authenticated: false },
    });
  });

  test('is recorded of a stranger as one who is not known', async () => {
    const caller = { id: 'sam', roles: ['operator'] };
    expect(await recorded(event(person, { caller }))).toMatchObject({
      actor: { id: 'sam', kind: 'unknown', authenticated: false },
    });
  });

  test('does not happen when it cannot be recorded', async () => {
    const sink = { append: () => Promise.reject(new Error('full')) };
    const record = recordPluginEvents(sink, [person]).record(event(person));
    await expect(record).rejects.toThrow('full');
  });
});
