import type { EditionChanges } from '../compliance/index.ts';
import type { EditionInForce } from './report.ts';

const TOLD: readonly (readonly [keyof EditionChanges, string])[] = [
  ['dropped', 'It leaves out'],
  ['ungated', 'Gates are no longer asked'],
  ['changed', 'Otherwise than there stand'],
  ['added', 'It adds'],
  ['texts', 'Of itself it says otherwise'],
];

/** Says which changed pack asks at the gates of a workflow, and what it leaves out and changes: what is left out first. */
export function editionSentence(
  edition: EditionInForce,
  asked: { readonly digest: string },
): string {
  const { workflow, file, version, digest, signedBy, changes } = edition;
  const signed = signedBy === null ? 'not signed' : `signed by ${signedBy}`;
  const differences = TOLD.filter(([key]) => changes[key].length > 0).map(
    ([key, words]) => `${words} ${changes[key].join(', ')}.`,
  );
  const who =
    workflow === null
      ? `This report, and no gate, asks by a changed pack, version ${version} (${file}),`
      : `The gates of ${workflow} ask by a changed pack, version ${version} (${file}, ${signed}),`;
  return [
    `${who} in place of the one that comes with Phasegate.`,
    ...(changes.dropped.length === 0 ? ['It leaves out no check.'] : []),
    ...differences,
    ...(workflow === null
      ? []
      : [`This report asks by ${digest === asked.digest ? 'that pack' : 'another one'}.`]),
  ].join(' ');
}
