import { z } from 'zod';

import { secretOf, type Secret } from '../secret.ts';
import type { Environment } from '../toml/expand.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const names = z.array(z.string().min(1).max(256)).max(1000).readonly();
const instant = z.iso.datetime({ error: 'an instant such as 2026-01-31T00:00:00Z' });
const keyName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
  error: 'a name of at most 64 lower-case letters, digits, dots, hyphens and underscores',
});
const handle = z.string().regex(/^[\w.:-]{1,128}$/, {
  error: 'a handle of letters, digits, ".", ":", "-" and "_"',
});
const dataName = z
  .string()
  .regex(/^(?:identifier|secret|contact|technical|time|other|[A-Z][A-Z0-9_]{1,63})$/, {
    error: 'a class (identifier, secret, contact, technical, time, other) or a type such as US_SSN',
  });
const atMost = (maximum: number): z.ZodInt => z.int().min(1).max(maximum);

/** The section `plugins`: what plugins may do at most, how they are scanned, and whose signatures count. */
export const PluginsSection = z
  .strictObject({
    profile: z.enum(['sandbox', 'production']),
    approval_valid_for_ms: atMost(7 * 86_400_000),
    private_hosts: names,
    process: names,
    gates: z
      .array(
        z
          .strictObject({
            plugin: z.string().min(1).max(128),
            workflow: z.string().min(1).max(128),
            from: z.string().min(1).max(128),
            to: z.string().min(1).max(128),
            mode: z.enum(['deny', 'warn', 'audit']).default('deny'),
          })
          .readonly(),
      )
      .max(200)
      .readonly(),
    scan: z
      .strictObject({
        approve_from: z.number().min(0).max(100),
        reject_from: z.number().min(0).max(100),
        blocked_plugins: names,
        blocked_publishers: names,
        suppressions: z
          .array(
            z
              .strictObject({
                rule: z.string().min(1),
                plugin: z.string().min(1).optional(),
                reason: z.string().min(1),
                until: instant,
              })
              .readonly(),
          )
          .max(1000)
          .readonly(),
        osv_file: z.string().max(4096),
      })
      .superRefine((section, context) => {
        if (section.approve_from <= section.reject_from) return;
        const message = 'at least approve_from, because what is rejected needs no approval';
        context.addIssue({ code: 'custom', path: ['reject_from'], message });
      }),
    policy: z.strictObject({
      hosts: names,
      methods: z.array(z.enum(METHODS)).max(METHODS.length).readonly(),
      read: names,
      write: names,
      env: names,
      secrets: names,
      spawn: names,
      tools: names,
      events: names,
      models: names,
      max_model_tokens: atMost(1_000_000_000),
      max_model_cost_usd: z.number().positive().max(1_000_000),
    }),
    limits: z.strictObject({
      wall_ms: atMost(600_000),
      cpu_ms: atMost(60_000),
      memory_mb: atMost(1024),
      output_kb: atMost(65_536),
    }),
    data: z.strictObject({
      rules: z
        .array(
          z
            .strictObject({
              plugin: z.string().min(1).max(128),
              operation: z.string().min(1).max(128).default('*'),
              direction: z.enum(['arguments', 'results', 'both']).default('both'),
              data: z.array(dataName).max(200).readonly().default([]),
              action: z.enum(['allow', 'redact', 'deny']),
            })
            .readonly(),
        )
        .max(1000)
        .readonly(),
    }),
    secrets: z.record(handle, z.string().min(1)),
    keys: z.record(
      keyName,
      z.strictObject({
        public_key: z.string().regex(/^\s*-----BEGIN PUBLIC KEY-----/, {
          error: 'a public key in PEM form (Ed25519)',
        }),
        publishers: names,
        from: instant.optional(),
        until: instant.optional(),
        revoked_at: instant.optional(),
      }),
    ),
    sigstore: z
      .strictObject({
        trusted_root: z.string().max(4096),
        identities: z.record(
          keyName,
          z.strictObject({
            identity: z.string().regex(/^[^\s",]{1,1000}$/, {
              error: 'the one name of a certificate: a URI or an e-mail address',
            }),
            issuer: z.url().max(1000),
            publishers: names,
            revoked_at: instant.optional(),
          }),
        ),
      })
      .superRefine(({ trusted_root: root, identities }, context) => {
        if (root !== '' || Object.keys(identities).length === 0) return;
        const message = 'the file of the trusted root, because identities are named';
        context.addIssue({ code: 'custom', path: ['trusted_root'], message });
      }),
  })
  .superRefine(({ profile, process }, context) => {
    if (profile === 'production' || process.length === 0) return;
    const message = 'empty, because a process of its own holds nothing in the profile "sandbox"';
    context.addIssue({ code: 'custom', path: ['process'], message });
  });
export type PluginsSection = z.infer<typeof PluginsSection>;

/** A key whose signatures count. */
export interface PluginKey {
  readonly name: string;
  /** Ed25519, SPKI in PEM. */
  readonly publicKey: string;
  /** Whose plugins it may sign. */
  readonly publishers: readonly string[];
  /** ISO-8601 UTC. */
  readonly from: string | undefined;
  readonly until: string | undefined;
  readonly revokedAt: string | undefined;
}

/** Someone whose sigstore bundles count. */
export interface PluginIdentity {
  readonly name: string;
  /** The one name of the certificate. */
  readonly identity: string;
  /** URL of who vouched for it. */
  readonly issuer: string;
  readonly publishers: readonly string[];
  /** ISO-8601 UTC. */
  readonly revokedAt: string | undefined;
}

/** What plugins may do at most, how they are scanned, and whose signatures count. */
export interface PluginSettings {
  /** `sandbox`: no network, file, variable or secret, whatever was granted. `production`: what `policy` names, signed. */
  readonly profile: 'sandbox' | 'production';
  readonly approvalValidForMs: number;
  /** Hosts (`name:port`) that may be reached although their addresses are private. */
  readonly privateHosts: readonly string[];
  /** Ids of plugins that run in a process of their own. */
  readonly process: readonly string[];
  /** Checks of plugins at the gates of workflows. */
  readonly gates: PluginsSection['gates'];
  readonly scan: {
    readonly thresholds: { readonly approve: number; readonly reject: number };
    readonly blocked: {
      readonly plugins: readonly string[];
      readonly publishers: readonly string[];
    };
    readonly suppressions: PluginsSection['scan']['suppressions'];
    /** Path of a file of advisories; undefined without one. */
    readonly osvFile: string | undefined;
  };
  readonly policy: Readonly<PluginsSection['policy']>;
  readonly limits: {
    readonly wallMs: number;
    readonly cpuMs: number;
    readonly memoryMb: number;
    readonly outputKb: number;
  };
  /** What data of persons may go to plugins and come from them; the first rule that fits decides. */
  readonly data: Readonly<PluginsSection['data']>;
  /** What handles of secrets stand for. */
  readonly secrets: Secret<ReadonlyMap<string, string>>;
  /** The variables that `policy.env` names, as far as they are set. */
  readonly variables: Secret<ReadonlyMap<string, string>>;
  readonly keys: readonly PluginKey[];
  /** Whose bundles count; undefined without a trusted root. */
  readonly sigstore:
    | { readonly trustedRootFile: string; readonly identities: readonly PluginIdentity[] }
    | undefined;
}

/** Gives what the section says. */
export function pluginSettingsOf(
  section: PluginsSection,
  environment: Environment,
): PluginSettings {
  const { scan, limits, policy } = section;
  const variables = policy.env.flatMap((name): (readonly [string, string])[] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.freeze({
    profile: section.profile,
    approvalValidForMs: section.approval_valid_for_ms,
    privateHosts: section.private_hosts,
    process: section.process,
    gates: section.gates,
    scan: Object.freeze({
      thresholds: Object.freeze({ approve: scan.approve_from, reject: scan.reject_from }),
      blocked: Object.freeze({
        plugins: scan.blocked_plugins,
        publishers: scan.blocked_publishers,
      }),
      suppressions: scan.suppressions,
      osvFile: scan.osv_file === '' ? undefined : scan.osv_file,
    }),
    policy: Object.freeze(policy),
    data: Object.freeze(section.data),
    limits: Object.freeze({
      wallMs: limits.wall_ms,
      cpuMs: limits.cpu_ms,
      memoryMb: limits.memory_mb,
      outputKb: limits.output_kb,
    }),
    secrets: secretOf(() => new Map(Object.entries(section.secrets))),
    variables: secretOf(() => new Map(variables)),
    keys: Object.freeze(
      Object.entries(section.keys).map(([name, key]) =>
        Object.freeze({
          name,
          publicKey: key.public_key,
          publishers: key.publishers,
          from: key.from,
          until: key.until,
          revokedAt: key.revoked_at,
        }),
      ),
    ),
    sigstore: sigstoreOf(section.sigstore),
  });
}

function sigstoreOf({
  trusted_root: trustedRootFile,
  identities,
}: PluginsSection['sigstore']): PluginSettings['sigstore'] {
  if (trustedRootFile === '') return undefined;
  const trusted = Object.entries(identities).map(([name, { revoked_at: revokedAt, ...rest }]) =>
    Object.freeze({ ...rest, name, revokedAt }),
  );
  return Object.freeze({ trustedRootFile, identities: Object.freeze(trusted) });
}
