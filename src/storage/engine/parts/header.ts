import type {
  ChannelVersions,
  Checkpoint,
  CheckpointMetadata,
} from '@langchain/langgraph-checkpoint';

import { decodeValue, encodeValue } from '../codec/index.ts';
import { knownDigest, rememberDigest, type Stretch } from './known-segments.ts';
import { cutText, joinSegments, segmentLengths } from './segments.ts';
import { isUniqueVersion } from './versions.ts';

/** Shorter texts stay in the header: a segment of its own would cost more than it saves. */
const INLINE_CHARACTERS = 256;

/** Where a channel's value is: in the header, in the segments of its text, or in those of a list. */
export type ValueReference =
  | readonly ['inline', unknown]
  | readonly ['value', ...string[]]
  | readonly ['list', ...string[]];

/** References that are known already, by channel, with the version of the value they stand for. */
export type KnownReferences = ReadonlyMap<
  string,
  { readonly version: string; readonly reference: ValueReference }
>;

/** A checkpoint taken apart: a header, and the segments it refers to. */
export interface TakenApart {
  readonly header: Uint8Array;
  readonly digests: readonly string[];
  /** Bytes of the segments that were made anew; a reference that was known brings none. */
  readonly segments: ReadonlyMap<string, Uint8Array>;
  readonly references: KnownReferences;
}

/** How a checkpoint is taken apart. */
export interface TakeApartOptions {
  readonly digestOf: (bytes: Uint8Array) => string;
  readonly newVersions: ChannelVersions;
  readonly known: KnownReferences;
  /** Names thread and key; where it is given, parts of lists that were written before are not written again. */
  readonly scope: string | undefined;
}

/**
 * Takes a checkpoint apart. A channel that is not in `newVersions` and whose version stands for one value alone is
 * referred to as before, without looking at its value; every other is written out of `channel_values`.
 */
export function takeApart(
  checkpoint: Checkpoint,
  metadata: CheckpointMetadata,
  options: TakeApartOptions,
): TakenApart {
  const { digestOf, newVersions, known, scope } = options;
  const segments = new Map<string, Uint8Array>();
  const references = new Map<string, { version: string; reference: ValueReference }>();
  const store = (bytes: Uint8Array): string => {
    const digest = digestOf(bytes);
    segments.set(digest, bytes);
    return digest;
  };
  const entries: (readonly [string, ValueReference])[] = [];
  for (const [channel, value] of Object.entries(checkpoint.channel_values)) {
    const version = checkpoint.channel_versions[channel];
    const before = known.get(channel);
    const isKnown = !Object.hasOwn(newVersions, channel) && before?.version === version;
    const reference =
      isKnown && before !== undefined
        ? before.reference
        : referTo(value, { store, scope, channel });
    entries.push([channel, reference]);
    if (isUniqueVersion(version)) references.set(channel, { version, reference });
  }
  const { v, id, ts, channel_versions: versions, versions_seen: seen } = checkpoint;
  const header = { v, id, ts, versions, seen, values: entries, metadata: dataOf(metadata) };
  const text = encodeValue(header, 'checkpoint');
  const digests = [...new Set(entries.flatMap(([, reference]) => digestsOf(reference)))];
  return { header: Buffer.from(text), digests, segments, references };
}

/** What a caller hands to a run for its own use, such as a function, is no part of what is stored of it. */
function dataOf(metadata: CheckpointMetadata): object {
  const entries = Object.entries(metadata);
  return Object.fromEntries(
    entries.filter(([, value]) => typeof value !== 'function' && typeof value !== 'symbol'),
  );
}

/** A header that was read, before its segments are. */
export interface ReadHeader {
  readonly checkpoint: Omit<Checkpoint, 'channel_values'>;
  readonly metadata: CheckpointMetadata;
  readonly references: readonly (readonly [string, ValueReference])[];
}

/** Reads a header that was checked to be ours. */
export function readHeader(header: Uint8Array): ReadHeader {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString();
  // It was sealed by takeApart, and the seal was checked: the shape is what is written there.
  const { v, id, ts, versions, seen, values, metadata } = decodeValue(text) as HeaderShape;
  const checkpoint = { v, id, ts, channel_versions: versions, versions_seen: seen };
  return { checkpoint, metadata, references: values };
}

/** Puts the values of a checkpoint together. `segmentOf` gives the checked bytes of a segment. */
export function putTogether(
  { checkpoint, references }: ReadHeader,
  segmentOf: (digest: string) => Uint8Array,
): Checkpoint {
  const textOf = (digest: string): string => Buffer.from(segmentOf(digest)).toString();
  const values = references.map(([channel, reference]): [string, unknown] => {
    if (reference[0] === 'inline') return [channel, reference[1]];
    const texts = reference.slice(1).map((digest) => textOf(digest));
    return [channel, decodeValue(reference[0] === 'list' ? joinSegments(texts) : texts.join(''))];
  });
  return { ...checkpoint, channel_values: Object.fromEntries(values) };
}

/** The references of a header, for the put that follows it. */
export function knownReferences({ checkpoint, references }: ReadHeader): KnownReferences {
  const known = new Map<string, { version: string; reference: ValueReference }>();
  for (const [channel, reference] of references) {
    const version = checkpoint.channel_versions[channel];
    if (isUniqueVersion(version)) known.set(channel, { version, reference });
  }
  return known;
}

/**
 * Gives a header whose parts have other names, as they have in another thread or under another key.
 *
 * @param nameOf - The new digest of a part.
 */
export function renameParts(header: Uint8Array, nameOf: (digest: string) => string): Uint8Array {
  // Parsed and written as it is, tags included: no value is brought to life on the way.
  const parsed = JSON.parse(Buffer.from(header).toString()) as HeaderShape;
  const values = parsed.values.map(([channel, reference]) => {
    if (reference[0] === 'inline') return [channel, reference];
    return [channel, [reference[0], ...digestsOf(reference).map(nameOf)]];
  });
  return Buffer.from(JSON.stringify({ ...parsed, values }));
}

interface HeaderShape {
  readonly v: number;
  readonly id: string;
  readonly ts: string;
  readonly versions: ChannelVersions;
  readonly seen: Checkpoint['versions_seen'];
  readonly values: readonly (readonly [string, ValueReference])[];
  readonly metadata: CheckpointMetadata;
}

interface Writing {
  readonly store: (bytes: Uint8Array) => string;
  readonly scope: string | undefined;
  readonly channel: string;
}

function referTo(value: unknown, writing: Writing): ValueReference {
  if (Array.isArray(value)) return referToList(value, writing);
  const text = encodeValue(value, writing.channel);
  // A copy: what the caller does with the value later must not change what is remembered of it.
  return text.length > INLINE_CHARACTERS
    ? ['value', ...cutText(Buffer.from(text)).map(writing.store)]
    : ['inline', decodeValue(text)];
}

interface CutPart {
  readonly stretch: Stretch;
  /** Of a part that was written before. */
  readonly digest: string | undefined;
  readonly text: string;
}

function referToList(list: readonly unknown[], { store, scope, channel }: Writing): ValueReference {
  const parts: CutPart[] = [];
  let start = 0;
  let characters = 1;
  let isInline = true;
  for (const length of segmentLengths(list.length)) {
    const stretch = { list, start, length };
    const digest = scope === undefined ? undefined : knownDigest(stretch, scope);
    const text = digest === undefined ? cutSegment(stretch, channel) : '';
    parts.push({ stretch, digest, text });
    characters += text.length - 1;
    isInline &&= digest === undefined && characters <= INLINE_CHARACTERS;
    start += length;
  }
  if (isInline) return ['inline', decodeValue(joinSegments(parts.map(({ text }) => text)))];
  return [
    'list',
    ...parts.map((part) => {
      if (part.digest !== undefined) return part.digest;
      const digest = store(Buffer.from(part.text));
      if (scope !== undefined) rememberDigest(part.stretch, scope, digest);
      return digest;
    }),
  ];
}

/** Gives the text of a segment: that of a JSON array. */
function cutSegment({ list, start, length }: Stretch, channel: string): string {
  const items: string[] = [];
  for (let index = start; index < start + length; index += 1) {
    items.push(encodeValue(list[index], `${channel}[${index}]`));
  }
  return `[${items.join(',')}]`;
}

function digestsOf(reference: ValueReference): readonly string[] {
  return reference[0] === 'inline' ? [] : reference.slice(1).map(String);
}
