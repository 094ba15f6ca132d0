import { z } from 'zod';

/** A host's name or `*.name`; `*` alone stands for any host and counts as the broadest permission there is. */
const HostPattern = z
  .string()
  .max(253)
  .regex(
    /^(\*|(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?)$/,
    'a host such as api.example.com, *.example.com or *',
  );
/** A folder inside the plugin's own data directory, or a mount that the operator named: `data/in`. */
const Root = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'a relative folder such as data/in')
  .refine((root) => !root.split('/').includes('..'), 'a folder without ".."');
const Name = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w.:*-]+$/, 'a name of letters, digits, ".", ":", "-" and "_"');
const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(100).readonly();

/**
 * What a plugin asks for: each permission with its caveats, nothing by default. A name that is not listed here is an error.
 * Checked by the host on every call; what a plugin may really do is the intersection with its grant, the policy and the
 * caller's roles.
 */
export const Permissions = z
  .strictObject({
    net: z
      .strictObject({
        hosts: some(HostPattern),
        methods: some(z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])),
      })
      .readonly(),
    'fs.read': z.strictObject({ roots: some(Root) }).readonly(),
    'fs.write': z.strictObject({ roots: some(Root) }).readonly(),
    env: z.strictObject({ names: some(z.string().regex(/^[A-Z_][A-Z0-9_]{0,127}$/)) }).readonly(),
    /** Handles of secrets; the plugin hands a handle to `fetch` and never sees the secret. */
    secrets: z.strictObject({ handles: some(Name) }).readonly(),
    /** Operations of other plugins, as `plugin-id/operation`. */
    tools: z
      .strictObject({ names: some(z.string().regex(/^[\w.@-]+(\/[\w-]+|\/\*)$/)) })
      .readonly(),
    /** Any operation of these plugins, by id and semantic version range. */
    plugins: z.record(z.string().regex(/^[a-z0-9.-]+$/), z.string().min(1).max(100)).readonly(),
    llm: z
      .strictObject({
        models: some(Name),
        budget: z
          .strictObject({ maxCostUsd: z.number().positive(), maxTokens: z.int().positive() })
          .readonly(),
      })
      .readonly(),
    /** A key-value store of the plugin's own that outlives its process. */
    state: z.strictObject({ quotaKb: z.int().positive().max(65_536) }).readonly(),
    events: z.strictObject({ names: some(Name) }).readonly(),
    time: z.literal(true),
    random: z.literal(true),
    /** Programs that may be started; only in a process of its own (tier `process`). */
    spawn: z.strictObject({ commands: some(Name) }).readonly(),
  })
  .partial()
  .readonly();
export type Permissions = z.infer<typeof Permissions>;

/** The name of a permission. */
export type PermissionName = keyof Permissions;

/** Every permission's name, in the order of the manifest's documentation. */
export const PERMISSION_NAMES: readonly PermissionName[] = Object.freeze([
  'net',
  'fs.read',
  'fs.write',
  'env',
  'secrets',
  'tools',
  'plugins',
  'llm',
  'state',
  'events',
  'time',
  'random',
  'spawn',
]);

/** How long a call may wait for a thread, in milliseconds. It is none of the plugin's time, which begins with the thread. */
export const MAX_THREAD_WAIT_MS = 30_000;

/** What one call may take. Milliseconds, mebibytes (memoryMb) and kibibytes (outputKb). */
export const Limits = z
  .strictObject({
    wallMs: z.int().positive().max(600_000).default(5000),
    cpuMs: z.int().positive().max(60_000).default(1000),
    memoryMb: z.int().positive().max(1024).default(32),
    hostCalls: z.int().nonnegative().max(100_000).default(100),
    outputKb: z.int().positive().max(65_536).default(256),
  })
  .readonly();
export type Limits = z.infer<typeof Limits>;
