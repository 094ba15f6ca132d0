import type { CliCommand } from '../../command-context.ts';
import { auditExportCommand } from './export.ts';
import { auditHoldsCommand } from './holds.ts';
import {
  auditArchiveCommand,
  auditBeginAnewCommand,
  auditHoldCommand,
  auditReleaseCommand,
  auditRotateKeyCommand,
} from './keep.ts';
import { auditReceiptCommand } from './receipt.ts';
import { auditShowCommand } from './show.ts';
import { auditTailCommand } from './tail.ts';
import { auditVerifyCommand } from './verify.ts';

/** `phasegate audit`: what was recorded, and whether it was changed. */
export const auditCommand: CliCommand = {
  register: (program, context) => {
    const command = program
      .command('audit')
      .summary('verify, show and export what was recorded')
      .description(
        'Every run writes an audit trail: each phase, gate verdict, approval, model call, effect and refusal, as a chain of ' +
          'hashes with signed checkpoints. It holds ids, counts and digests, never the text of a brief or an answer.',
      );
    const commands = [
      auditVerifyCommand,
      auditShowCommand,
      auditTailCommand,
      auditExportCommand,
      auditReceiptCommand,
      auditArchiveCommand,
      auditHoldCommand,
      auditHoldsCommand,
      auditReleaseCommand,
      auditRotateKeyCommand,
      auditBeginAnewCommand,
    ];
    for (const { register } of commands) register(command, context);
    for (const sub of command.commands) {
      sub.helpOption('-h, --help', 'print help').option('--no-color', 'print without colours');
    }
  },
};
