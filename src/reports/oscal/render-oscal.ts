import type { ControlAssessment, ControlOutcome } from '../../compliance/index.ts';
import { coverageSentence, DISCLAIMER, OUTCOME_WORDS, type ComplianceReport } from '../report.ts';
import { editionSentence } from '../edition-sentence.ts';
import { stableUuid } from './stable-uuid.ts';

const OSCAL_VERSION = '1.2.1';
/** Properties of our own stand under a name of our own. */
const NAMESPACE = 'https://phasegate.dev/ns/oscal';

/**
 * Renders a report as an OSCAL assessment-results document: an observation for each check, and a finding for each that says
 * something about its control. What was not decided is an observation alone.
 *
 * @see https://pages.nist.gov/OSCAL/ (assessment-results, 1.2.1)
 */
export function renderOscal(report: ComplianceReport): string {
  const { id, tool, assessment } = report;
  const { standard, period, assessedAt, controls } = assessment;
  const found = findings(controls, report);
  const document = {
    'assessment-results': {
      uuid: stableUuid(id, 'document'),
      metadata: {
        title: `${standard.title}: what the records show`,
        'last-modified': assessedAt,
        version: standard.version,
        'oscal-version': OSCAL_VERSION,
        props: [
          property('report', id),
          property('pack-digest', standard.digest),
          property('tool', `${tool.name} ${tool.version}`),
          property('trail-verifies', String(report.trail.ok)),
          property('trail-covered', `${report.trail.covered} of ${report.trail.size} entries`),
        ],
        remarks: [DISCLAIMER, ...report.trail.faults].join('\n\n'),
      },
      // There is no assessment plan as a document: the pack, by its digest, says what was asked.
      'import-ap': { href: `urn:phasegate:pack:${standard.id}:${standard.digest}` },
      results: [
        {
          uuid: stableUuid(id, 'result'),
          title: `${standard.title}, ${period.from.slice(0, 10)} to ${period.to.slice(0, 10)}`,
          description: [
            ...report.editions.map((edition) => editionSentence(edition, standard)),
            coverageSentence(assessment),
            standard.note,
          ].join(' '),
          start: period.from,
          end: period.to,
          'reviewed-controls': {
            'control-selections': [
              {
                'include-controls': controlIds(controls).map((control) => ({
                  'control-id': control,
                })),
              },
            ],
          },
          observations: controls.map((control) => observation(control, report)),
          // The schema knows no empty list.
          ...(found.length === 0 ? {} : { findings: found }),
        },
      ],
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function property(name: string, value: string): object {
  return { name, ns: NAMESPACE, value };
}

/** Identifiers as OSCAL takes them: tokens of letters, digits, dots, hyphens and underscores. */
function token(control: string): string {
  const plain = control
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.\-_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return /^[\p{L}_]/u.test(plain) ? plain : `c-${plain}`;
}

function controlIds(controls: readonly ControlAssessment[]): readonly string[] {
  return [...new Set(controls.flatMap((control) => control.controls.map(token)))];
}

const METHODS: Readonly<Record<ControlOutcome, string>> = {
  satisfied: 'TEST',
  'not-satisfied': 'TEST',
  error: 'TEST',
  'not-applicable': 'EXAMINE',
  manual: 'UNKNOWN',
};

function observation(
  control: ControlAssessment,
  { id, assessment, entries }: ComplianceReport,
): object {
  const { check, outcome, message, predicate, cannotSay, remedy } = control;
  const known = new Map(entries.map((entry) => [entry.seq, entry]));
  const relevant = control.entries.flatMap((seq) => {
    const entry = known.get(seq);
    if (entry === undefined) return [];
    const props = [property('entry', String(seq)), property('entry-hash', entry.hash)];
    return [
      { description: `Entry ${seq} of the audit trail: ${entry.kind}, ${entry.outcome}.`, props },
    ];
  });
  return {
    uuid: stableUuid(id, 'observation', check),
    title: check,
    description: `Asked: ${predicate} Found: ${message}`,
    props: [
      property('check', check),
      property('primitive', control.primitive),
      property('outcome', outcome),
      property('entries-concerned', String(control.entriesConcerned)),
    ],
    methods: [METHODS[outcome]],
    types: ['control-objective'],
    ...(relevant.length === 0 ? {} : { 'relevant-evidence': relevant }),
    collected: assessment.assessedAt,
    remarks: [`A pass cannot say: ${cannotSay}`, remedy].filter((part) => part !== '').join('\n\n'),
  };
}

/** One finding a check and control: only what was decided speaks to a control. */
function findings(controls: readonly ControlAssessment[], { id }: ComplianceReport): object[] {
  return controls.flatMap((control) => {
    const { check, outcome, message } = control;
    if (outcome !== 'satisfied' && outcome !== 'not-satisfied') return [];
    return control.controls.map((name) => ({
      uuid: stableUuid(id, 'finding', check, name),
      title: `${check}: ${name}`,
      description: `${OUTCOME_WORDS[outcome]} as far as this check can see. ${message}`,
      target: {
        type: 'objective-id',
        'target-id': token(`${name}_obj`),
        status: { state: outcome, remarks: `Of the check ${check} alone, not of the control.` },
      },
      'related-observations': [{ 'observation-uuid': stableUuid(id, 'observation', check) }],
    }));
  });
}
