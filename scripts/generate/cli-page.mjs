import { tsImport } from 'tsx/esm/api';

const WIDTH = 100;

/** docs/cli.md: the help of the command and of each of its commands, as the terminal shows it. */
export async function cliPage() {
  const { createProgram } = await tsImport('../../src/cli/program.ts', import.meta.url);
  const nobody = {
    terminal: undefined,
    signal: new AbortController().signal,
    program: 'phasegate',
    stopsWith: () => undefined,
    end: () => undefined,
  };
  const program = createProgram(nobody, '', {});
  const sections = commandsOf(program, 'phasegate').map(
    ([name, command]) => `## ${name}\n\n${fenced(helpOf(command))}`,
  );
  const lines = [
    '# The command line',
    '',
    'Written by `npm run generate` from the help of the command itself.',
    '',
    fenced(helpOf(program)),
    '',
    sections.join('\n\n'),
    '',
  ];
  return [{ file: 'docs/cli.md', text: lines.join('\n') }];
}

/** Every command with its whole name, each in front of its own commands. */
function commandsOf(parent, prefix) {
  return parent.commands
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => {
      const name = `${prefix} ${command.name()}`;
      return [[name, command], ...commandsOf(command, name)];
    });
}

function helpOf(command) {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trim();
}

function fenced(text) {
  return `\`\`\`text\n${text}\n\`\`\``;
}
