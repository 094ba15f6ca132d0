import { expect, test } from 'vitest';

import { langsmithSettings } from './index.ts';

const ON = { LANGSMITH_TRACING: 'true', LANGSMITH_API_KEY: 'ls-canary' };

test('is off unless a variable turns it on', () => {
  expect(langsmithSettings({})).toEqual({ enabled: false });
  expect(langsmithSettings({ LANGSMITH_API_KEY: 'k', LANGSMITH_TRACING: 'false' })).toEqual({
    enabled: false,
  });
});

test('reads endpoint, project and key', () => {
  const settings = langsmithSettings({
    ...ON,
    LANGSMITH_ENDPOINT: 'http://127.0.0.1:1984/',
    LANGSMITH_PROJECT: 'campaigns',
  });
  expect(settings).toMatchObject({
    enabled: true,
    endpoint: 'http://127.0.0.1:1984',
    project: 'campaigns',
  });
  expect(settings.enabled && settings.apiKey.reveal()).toBe('ls-canary');
  expect(JSON.stringify(settings)).not.toContain('canary');
});

test.each([
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_TRACING_V2',
])('is on whenever LangChain would trace by itself: %s', (name) => {
  expect(langsmithSettings({ [name]: 'true', LANGCHAIN_API_KEY: 'k' }).enabled).toBe(true);
});

test('prefers the newer names and takes the older ones', () => {
  const older = { LANGCHAIN_ENDPOINT: 'http://old', LANGCHAIN_PROJECT: 'old' };
  expect(langsmithSettings({ ...ON, ...older })).toMatchObject({
    endpoint: 'http://old',
    project: 'old',
  });
  expect(langsmithSettings({ ...ON, ...older, LANGSMITH_PROJECT: 'new' })).toMatchObject({
    project: 'new',
  });
});

test.each([
  [{ LANGSMITH_TRACING: 'True' }, 'LANGSMITH_TRACING'],
  [{ LANGSMITH_TRACING: 'true' }, 'LANGSMITH_API_KEY'],
  [{ LANGSMITH_TRACING_MODE: 'fast' }, 'LANGSMITH_TRACING_MODE'],
  [{ LANGCHAIN_TRACING_MODE: 'otel' }, 'LANGCHAIN_TRACING_MODE'],
  [{ LANGSMITH_TRACING_SAMPLING_RATE: '2' }, 'LANGSMITH_TRACING_SAMPLING_RATE'],
  [{ ...ON, LANGSMITH_ENDPOINT: 'ftp://x' }, 'LANGSMITH_ENDPOINT'],
  [{ ...ON, LANGSMITH_RUNS_ENDPOINTS: '[]' }, 'LANGSMITH_RUNS_ENDPOINTS'],
])('refuses %o, naming %s', (environment, name) => {
  expect(() => langsmithSettings(environment)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`environment variable ${name} `),
    }),
  );
});
