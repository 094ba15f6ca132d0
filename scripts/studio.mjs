// Starts the LangGraph development server for Studio; says in a sentence, not by a stack, when its port is taken.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const PORT = '2024';
const COMMAND = fileURLToPath(
  new URL('../node_modules/@langchain/langgraph-cli/dist/cli/cli.mjs', import.meta.url),
);

const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  strict: false,
  options: {
    port: { type: 'string', short: 'p', default: PORT },
    host: { type: 'string', default: 'localhost' },
  },
});
const problem = await problemWith(values.host, values.port);
if (problem === undefined) start();
else {
  console.error(`✖ ${problem}`);
  console.error('  → Choose another port: npm run studio -- --port 2025');
  process.exitCode = 2;
}

/** Tries the port, as the server will. */
async function problemWith(host, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return `"${text}" is no port: expected a number from 1 to 65535.`;
  const server = createServer();
  const code = await new Promise((resolve) => {
    server.once('error', (error) => resolve(error.code));
    server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return undefined;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use by another program.`;
  return `Port ${port} of ${host} cannot be opened (${code}).`;
}

function start() {
  const child = spawn(process.execPath, [COMMAND, 'dev', '--no-browser', ...args], {
    stdio: 'inherit',
    env: { ...process.env, LANGGRAPH_CLI_NO_ANALYTICS: '1' },
  });
  // A terminal sends Ctrl-C to the child as well; here it must only not end us first.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
