import { defineConfig } from 'vitest/config';

// What a developer has set for real runs must not reach a test.
for (const name of Object.keys(process.env)) {
  if (/^(LANGSMITH|LANGCHAIN|OPENAI|AZURE_OPENAI|OLLAMA|PHASEGATE|OTEL)_/.test(name)) {
    delete process.env[name];
  }
}

export default defineConfig({
  test: {
    include: ['{src,agents,test,examples,bench}/**/*.test.ts'],
    reporters: ['default', './scripts/closing-line-reporter.mjs'],
    allowOnly: false,
    passWithNoTests: false,
    // What a busy machine may take for a test of several processes.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    unstubEnvs: true,
    restoreMocks: true,
  },
});
