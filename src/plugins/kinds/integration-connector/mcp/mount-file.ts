import { z } from 'zod';

/** The file of a package that says which server is mounted, and what its tools were when it was. */
export const MOUNT_FILE = 'mcp-server.json';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** How a server is reached. */
export const McpServerPlace = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('stdio'),
    /** The name of a program, looked up as the operating system does. */
    command: z
      .string()
      .max(128)
      .regex(/^[\w.-]+$/, 'the name of a program, without a path'),
    args: z.array(z.string().max(4096)).max(100).readonly(),
    /** Names of variables that it gets, as far as policy and grant allow them. */
    env: z
      .array(z.string().regex(/^\w{1,128}$/))
      .max(100)
      .readonly(),
  }),
  z.strictObject({
    transport: z.literal('http'),
    url: z.url({ protocol: /^https?$/ }).max(2048),
    /** The handle of the secret that every request carries as a bearer token. */
    secret: z.string().max(128).optional(),
  }),
]);
export type McpServerPlace = z.infer<typeof McpServerPlace>;

/** A tool as it was when a person consented to it. */
export const PinnedTool = z
  .strictObject({
    /** The operation that stands for it. */
    operation: z.string(),
    /** Its name at the server. */
    tool: z.string(),
    /** Digests of its parts, so that what has changed can be told. */
    description: Digest,
    input: Digest,
    output: Digest,
    annotations: Digest,
  })
  .readonly();
export type PinnedTool = z.infer<typeof PinnedTool>;

/** What {@link MOUNT_FILE} holds. */
export const MountFile = z
  .strictObject({ server: McpServerPlace, tools: z.array(PinnedTool).max(100).readonly() })
  .readonly();
export type MountFile = z.infer<typeof MountFile>;
