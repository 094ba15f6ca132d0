import {
  demanded,
  loadOptionsFrom,
  withSharedOptions,
  type CliCommand,
  type SharedOptions,
} from '../../../command-context.ts';
import { UsageError } from '../../../errors.ts';
import { EXIT } from '../../../exit-codes.ts';
import { plainLine } from '../../../rendering/plain-text.ts';
import { tell } from '../with-plugins.ts';

interface SignOptions extends SharedOptions {
  readonly key?: string;
  readonly subject?: string;
}

interface VerifyOptions extends SharedOptions {
  readonly bundle?: string;
}

/** `phasegate plugins keygen NAME`: a key to sign with. */
export const keygenCommand: CliCommand = {
  register: (plugins, { terminal }) => {
    const command = plugins
      .command('keygen')
      .summary('make a key to sign plugins with')
      .description(
        'Writes NAME.pem, which only its owner can read, and NAME.pub.pem for whoever verifies (Ed25519).',
      )
      .argument('<name>', 'path and name of the key, such as acme-2026');
    withSharedOptions(command).action(async (name: string) => {
      const { generateSigningKeys } = await import('../../../../app/index.ts');
      const files = await generateSigningKeys(name);
      if (command.optsWithGlobals<SharedOptions>().json === true)
        return terminal.out(JSON.stringify(files));
      terminal.out(`Wrote ${files.privateKey} (keep it secret) and ${files.publicKey}`);
      const config = `Whoever trusts it writes into phasegate.toml:\n\n[plugins.keys.${files.keyId}]\npublishers = ["PUBLISHER"]\npublic_key = """\n${files.publicKeyPem}"""`;
      terminal.out(config);
    });
  },
};

/** `phasegate plugins sign DIR --key FILE`: who published these files. */
export const signCommand: CliCommand = {
  register: (plugins, { terminal, program }) => {
    const command = plugins
      .command('sign')
      .summary('sign the folder of a plugin')
      .description(
        'Signs id, version, publisher and digest of the folder with an Ed25519 key (DSSE), and writes the envelope into the file ' +
          'that the manifest names as "signature"; where it names none, the manifest gets signature.json. With --subject it ' +
          'signs nothing, but writes the text whose SHA-256 the digest is, for a client of sigstore; the bundle that it makes ' +
          'is the signature.',
      )
      .argument('<dir>', 'the folder of the plugin')
      .option('--key <file>', 'the private key, in PEM')
      .option('--subject <file>', 'write what a sigstore client signs, outside the folder');
    withSharedOptions(command).action(async (directory: string) => {
      const options = command.optsWithGlobals<SignOptions>();
      const { signFolder, writeSubject } = await import('../../../../app/index.ts');
      if (options.subject !== undefined) {
        if (options.key !== undefined)
          throw new UsageError('--key and --subject were both given.', 'Give one of them.');
        const subject = await writeSubject(directory, options.subject);
        if (options.json === true) return terminal.out(JSON.stringify(subject));
        const name = plainLine(`${subject.id}@${subject.version}`);
        const text = `Wrote ${subject.file}: its SHA-256 is the digest of ${name}`;
        const next = `let a sigstore client sign it, then ${program} plugins verify ${directory} --bundle FILE`;
        return tell(terminal, text, next);
      }
      const signed = await signFolder(directory, demanded('--key', options.key));
      if (options.json === true) return terminal.out(JSON.stringify(signed));
      const text = `Signed ${plainLine(`${signed.id}@${signed.version}`)} with ${plainLine(signed.keyId)}: ${signed.file}`;
      tell(terminal, text, `${program} plugins verify ${directory}`);
    });
  },
};

/** `phasegate plugins verify DIR`: whether a trusted key signed exactly these files. */
export const verifyCommand: CliCommand = {
  register: (plugins, { terminal, end }) => {
    const command = plugins
      .command('verify')
      .summary('verify the signature of a folder')
      .description(
        'Verifies the signature against the keys and identities of the configuration ([plugins.keys], [plugins.sigstore]), ' +
          'offline. Ends with 0 when a trusted one signed exactly these files, else with 4.',
      )
      .argument('<dir>', 'the folder of the plugin')
      .option('--bundle <file>', 'a sigstore bundle, in place of the signature in the folder');
    withSharedOptions(command).action(async (directory: string) => {
      const options = command.optsWithGlobals<VerifyOptions>();
      const { verifyFolder } = await import('../../../../app/index.ts');
      const checked = await verifyFolder(loadOptionsFrom(options), directory, options.bundle);
      const trusted = checked.status === 'trusted';
      end(trusted ? EXIT.completed : EXIT.blocked);
      if (options.json === true) return terminal.out(JSON.stringify(checked));
      const { paint } = terminal;
      const mark = trusted ? paint.good('✔') : paint.bad('✖');
      const by = checked.keyId === undefined ? '' : ` by ${plainLine(checked.keyId)}`;
      const name = plainLine(`${checked.id}@${checked.version}`);
      const why = checked.why === undefined ? '' : `: ${checked.why}`;
      const text = `${mark} ${name}: ${WORDS[checked.status].replace('{by}', () => by)}${why}`;
      if (checked.status === 'trusted') return terminal.out(text);
      tell(terminal, text, NEXT[checked.status]);
    });
  },
};

const WORDS = {
  none: 'not signed',
  trusted: 'signed{by}',
  'unknown-key': 'signed{by}, which nobody here trusts for this publisher',
  revoked: 'signed{by}, a key or identity that is revoked or out of its time',
  invalid: 'the signature{by} does not fit these files',
} as const;

/** What whoever meets it does next. */
const NEXT = {
  none: 'phasegate plugins sign DIR --key FILE, if it is yours',
  'unknown-key':
    'if you trust it, name its key and the publisher in [plugins.keys] of the configuration (docs/configuration.md)',
  revoked: 'ask the publisher for a signature that holds today',
  invalid: 'files were changed after they were signed: get them anew, or sign them again',
} as const;
