import { canonicalJson, type JsonValue } from '../../../kernel/index.ts';
import type { Manifest } from '../../contract/index.ts';
import type { ManifestProblem } from '../../errors/index.ts';
import { defineKind, type ConformanceResult, type ConformanceRun } from '../kind.ts';
import {
  demandOperation,
  demandPure,
  examplesOf,
  findOperation,
  isObject,
} from '../schema-shape.ts';
import { csvCleaner } from './built-in/csv/csv-plugin.ts';
import { fhirDeidentifier } from './built-in/fhir/fhir-plugin.ts';
import { jsonCleaner } from './built-in/json/json-plugin.ts';

const STREAM = ['open', 'feed', 'end'] as const;

/** Processors of data: a value in, a value out, by schema; long texts in chunks. */
export const dataProcessorKind = defineKind({
  kind: 'data-processor',
  title: 'Data processor',
  description: 'Turns data that fits one schema into data that fits another, and changes nothing.',
  allowedPermissions: ['fs.read', 'time', 'random', 'state', 'events'] as const,
  builtIns: [csvCleaner, jsonCleaner, fhirDeidentifier],
  demands: (manifest) => [
    ...demandPure(manifest, 'data-processor'),
    ...demandTypes(manifest),
    ...demandStream(manifest),
  ],
  conformance: async (manifest, run) =>
    streams(manifest) ? [await chunksDoNotMatter(manifest, run)] : [],
});

/** What comes in and what goes out has to be said: a schema that takes anything says nothing. */
function demandTypes({ contributes }: Manifest): readonly ManifestProblem[] {
  return contributes.operations.flatMap(({ input, output }, index) =>
    (['input', 'output'] as const)
      .filter((side) => Object.keys({ input, output }[side]).length === 0)
      .map((side) => ({
        path: `contributes.operations.${index}.${side}`,
        message: `A data-processor says by schema what its ${side} is.`,
      })),
  );
}

/** Chunks: `open` gives a state, `feed` takes it with a chunk and gives the next one, `end` gives the rest and a report. */
function demandStream(manifest: Manifest): readonly ManifestProblem[] {
  if (!streams(manifest)) return [];
  return [
    ...demandOperation(manifest, 'open', { output: ['state'] }),
    ...demandOperation(manifest, 'feed', {
      input: ['state', 'chunk'],
      output: ['state', 'output'],
    }),
    ...demandOperation(manifest, 'end', { input: ['state'], output: ['output', 'report'] }),
  ];
}

function streams(manifest: Manifest): boolean {
  return STREAM.some((name) => findOperation(manifest, name) !== undefined);
}

/** However a text is cut, the same comes out. */
async function chunksDoNotMatter(
  manifest: Manifest,
  run: ConformanceRun,
): Promise<ConformanceResult> {
  const rule = 'feed: the same comes out however the text is cut';
  const [options = {}] = examplesOf(findOperation(manifest, 'open')?.operation.input ?? {});
  const [example] = examplesOf(findOperation(manifest, 'feed')?.operation.input ?? {});
  const chunk = isObject(example) ? example['chunk'] : undefined;
  if (typeof chunk !== 'string')
    return { rule, outcome: 'fail', detail: 'the example of "feed" has no chunk of text' };
  const characters = [...chunk];
  const half = Math.ceil(characters.length / 2);
  const whole = await streamed(run, options, [chunk]);
  const halves = [characters.slice(0, half).join(''), characters.slice(half).join('')];
  const cut = [await streamed(run, options, halves), await streamed(run, options, characters)];
  return cut.every((text) => text === whole)
    ? { rule, outcome: 'pass' }
    : { rule, outcome: 'fail' };
}

async function streamed(
  run: ConformanceRun,
  options: JsonValue,
  chunks: readonly string[],
): Promise<string> {
  const opened = await run.call('open', options);
  let state = member(opened, 'state');
  const outputs: JsonValue[] = [];
  for (const chunk of chunks) {
    // Each chunk needs the state that the one before it left.
    // oxlint-disable-next-line no-await-in-loop
    const fed = await run.call('feed', { state, chunk });
    state = member(fed, 'state');
    outputs.push(member(fed, 'output'));
  }
  const ended = await run.call('end', { state });
  outputs.push(member(ended, 'output'));
  const joined = outputs.every((output) => typeof output === 'string')
    ? outputs.join('')
    : canonicalJson(outputs.flat());
  return `${joined}\n${canonicalJson(member(ended, 'report'))}`;
}

function member(value: JsonValue, name: string): JsonValue {
  return isObject(value) ? (value[name] ?? null) : null;
}
