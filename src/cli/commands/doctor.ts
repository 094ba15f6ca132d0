import {
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type CommandContext,
  type SharedOptions,
} from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { hanging } from '../rendering/hanging.ts';
import { plainText } from '../rendering/plain-text.ts';

/** `phasegate doctor`: what is missing on this machine, and how to mend it. */
export const doctorCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('doctor')
      .summary('say what is missing, and how to mend it')
      .description(
        'Looks at Node, the configuration, the data folder, its database and key, free space, models and tracing, and says how ' +
          'to mend what is wrong. It shows names of variables, never their values. Ends with 0 when a run can begin, else 1.',
      );
    withSharedOptions(command).action((options: SharedOptions) => examine(options, context));
  },
};

async function examine(options: SharedOptions, { terminal, end }: CommandContext): Promise<void> {
  const { diagnose } = await import('../../app/index.ts');
  const findings = await diagnose(loadOptionsFrom(options));
  const sound = findings.every(({ status }) => status !== 'problem');
  end(sound ? EXIT.completed : EXIT.failed);
  if (options.json === true) {
    terminal.out(JSON.stringify({ status: sound ? 'ok' : 'problem', findings }));
    return;
  }
  const { paint, width } = terminal;
  const marks = { ok: paint.good('✔'), note: paint.accent('ℹ'), problem: paint.bad('✖') };
  const longest = Math.max(...findings.map(({ title }) => title.length));
  for (const { status, title, message, remedy } of findings) {
    const lead = `${marks[status]} ${paint.bold(title.padEnd(longest))}  `;
    const indent = ' '.repeat(longest + 4);
    for (const [at, line] of plainText(message).split('\n').entries()) {
      terminal.out(hanging(at === 0 ? lead : indent, line.trim(), width));
    }
    if (remedy === '') continue;
    terminal.out(hanging(`${indent}${paint.accent('→')} `, plainText(remedy), width));
  }
  terminal.out('');
  terminal.out(
    sound ? paint.good('Ready: a run can begin.') : paint.bad('Not ready: mend what is marked.'),
  );
}
