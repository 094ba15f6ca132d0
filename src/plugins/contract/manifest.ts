import { z } from 'zod';

import { Limits, Permissions } from './permissions.ts';

/** The six kinds of plugins. */
export const PluginKind = z.enum([
  'workflow-template',
  'compliance-validator',
  'business-rule',
  'data-processor',
  'integration-connector',
  'security-scanner',
]);
export type PluginKind = z.infer<typeof PluginKind>;

/** A plugin's id: `publisher.name` in lower case, such as `acme.csv-cleaner`. */
export const PluginId = z
  .string()
  .max(100)
  .regex(
    /^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/,
    'an id such as publisher.name, in lower case',
  );

// Semantic Versioning 2.0.0, without the optional "v".
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
const Version = z.string().max(64).regex(VERSION, 'a semantic version such as 1.2.3');
const Range = z.string().min(1).max(100);
const Ranges = z.record(PluginId, Range).readonly();
const Text = (maxLength: number) => z.string().trim().min(1).max(maxLength);
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a lower-case name');
/** A file inside the plugin's folder, with forward slashes. */
const FilePath = z
  .string()
  .max(256)
  .regex(/^[\w@-][\w.@-]*(\/[\w@-][\w.@-]*)*$/, 'a relative file path such as dist/index.js');
/** JSON Schema (draft 2020-12 or draft-07), as JSON. */
const JsonSchema = z.record(z.string(), z.json()).readonly();
/** A JSON Schema, as JSON. */
export type JsonSchema = z.infer<typeof JsonSchema>;

/** One thing that a plugin can do. */
export const Operation = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case name such as clean-rows'),
    /** Shown to models and people. */
    description: Text(1000),
    input: JsonSchema,
    output: JsonSchema,
    /** Whether it changes anything outside itself. A call then needs an approval bound to its arguments. */
    sideEffects: z.boolean(),
    /** Whether calling it again with the same arguments changes nothing more. */
    idempotent: z.boolean(),
    /** The operation that answers when this one fails, of the same plugin. */
    fallback: z.string().optional(),
  })
  .readonly();
export type Operation = z.infer<typeof Operation>;

/** The manifest of a plugin: `phasegate.plugin.json`. A key that is not listed here is an error. */
export const Manifest = z
  .strictObject({
    $schema: z.string().optional(),
    manifestVersion: z.literal(1),
    id: PluginId,
    version: Version,
    kind: PluginKind,
    title: Text(120),
    description: Text(2000).optional(),
    publisher: Slug,
    license: Text(64).optional(),
    engines: z.strictObject({ phasegate: Range }).readonly(),
    entry: FilePath,
    /** Subresource Integrity (sha384-...) of every file but the manifest and the signature. */
    integrity: z
      .record(FilePath, z.string().regex(/^sha384-[A-Za-z0-9+/]{64}$/))
      .readonly()
      .optional(),
    /** The file that holds the DSSE envelope or sigstore bundle over the plugin's digest. */
    signature: FilePath.optional(),
    permissions: Permissions,
    limits: Limits.prefault({}),
    requires: Ranges.optional(),
    optional: Ranges.optional(),
    conflicts: Ranges.optional(),
    /** JSON Schema of the settings that the operator gives to `initialize`. */
    config: JsonSchema.optional(),
    industries: z.array(Slug).max(50).readonly().optional(),
    standards: z.array(Slug).max(50).readonly().optional(),
    contributes: z
      .strictObject({ operations: z.array(Operation).min(1).max(100).readonly() })
      .readonly(),
  })
  .readonly();
export type Manifest = z.infer<typeof Manifest>;

/** The file that a plugin's folder is known by. */
export const MANIFEST_FILE = 'phasegate.plugin.json';
