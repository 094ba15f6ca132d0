import type { CliCommand } from '../../command-context.ts';
import { consentCommand } from './calling/consent.ts';
import { settleCommand } from './calling/settle.ts';
import { createCommand } from './authoring/create.ts';
import { scanCommand } from './authoring/scan.ts';
import { keygenCommand, signCommand, verifyCommand } from './authoring/signing.ts';
import { addCommand, approveCommand } from './admit.ts';
import { disableCommand, enableCommand, removeCommand, rollbackCommand } from './change.ts';
import { pluginsDoctorCommand } from './doctor.ts';
import { discoverCommand } from './catalogue/discover.ts';
import { rescanCommand } from './catalogue/rescan.ts';
import { templatesCommand } from './catalogue/templates.ts';
import { mountCommand } from './mounting/mount.ts';
import { listCommand } from './list.ts';
import { grantCommand, revokeCommand } from './rights.ts';
import { runOperationCommand } from './run.ts';
import { showPluginCommand } from './show.ts';
import { resumeCommand, stopCommand } from './stops.ts';
import { upgradeCommand } from './upgrade.ts';

/** `phasegate plugins`: capabilities in packages, scanned, granted and run apart. */
export const pluginsCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('plugins')
      .summary('write, scan, admit, run and govern plugins')
      .description(
        'A plugin is a folder with a manifest (phasegate.plugin.json). It is scanned before it is admitted, its code runs in a ' +
          'sandbox and reaches what its manifest asks for, you granted, the policy of this installation allows and the caller’s ' +
          'role may use. Every step is written to the audit trail before it counts.',
      );
    const commands = [
      createCommand,
      scanCommand,
      discoverCommand,
      keygenCommand,
      signCommand,
      verifyCommand,
      addCommand,
      mountCommand,
      approveCommand,
      rescanCommand,
      enableCommand,
      runOperationCommand,
      consentCommand,
      settleCommand,
      listCommand,
      showPluginCommand,
      templatesCommand,
      upgradeCommand,
      rollbackCommand,
      disableCommand,
      removeCommand,
      grantCommand,
      revokeCommand,
      stopCommand,
      resumeCommand,
      pluginsDoctorCommand,
    ];
    for (const { register } of commands) register(command, context);
    for (const sub of command.commands) {
      sub.helpOption('-h, --help', 'print help').option('--no-color', 'print without colours');
    }
  },
};
