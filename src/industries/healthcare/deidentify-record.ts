import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import { deidentifyFhir } from '../../plugins/index.ts';
import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import {
  Bundle,
  Deidentified,
  Referral,
  Selection,
  type Extract,
  type Resource,
  type Term,
} from './facts.ts';
import { jsonOf, resourcesOf } from './select-record.ts';

type Task = AgentTask<Referral, { readonly selection: Selection }, Deidentified>;

/**
 * Takes what Safe Harbor names out of the selection, and makes the extract that a letter is written from. The referrer's own
 * words go the same way, as a note of a service request. Whoever writes the letter is given the extract alone.
 */
export const deidentificationAgent = defineAgent({
  id: 'record-deidentification',
  input: Referral,
  artifact: Deidentified,
  reads: { selection: Selection },
  simulated: (task) => deidentified(task),
});

function deidentified({ input, artifacts: { selection } }: Task): Deidentified {
  const { outcome, resource, report } = deidentifyFhir(jsonOf(withWords(input, selection)), {
    year: Number(input.about.requestedOn.slice(0, 4)),
    // Of texts the selection has only the names of codes, and what the referrer wrote.
    freeText: 'redact',
    key: undefined,
  });
  const { resourcesIn, resourcesOut, classes } = report;
  const read = Bundle.safeParse(resource);
  const extract = read.success ? extractOf(read.data, input.about.requestedOn) : NOTHING;
  return {
    outcome: read.success ? outcome : 'refused',
    resourcesIn,
    resourcesOut,
    removed: { ...classes },
    extract,
  };
}

const NOTHING: Extract = {
  age: null,
  gender: 'unknown',
  conditions: [],
  medicines: [],
  allergies: [],
  findings: [],
  reason: '',
  question: '',
};

function withWords({ reason, question }: Referral, { bundle }: Selection): Bundle {
  const request = {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: subjectOf(bundle) },
    note: [{ text: reason }, { text: question }],
  };
  return { ...bundle, entry: [...bundle.entry, { resource: request }] };
}

function subjectOf(bundle: Bundle): string {
  const patient = resourcesOf(bundle, 'Patient')[0];
  return `Patient/${typeof patient?.['id'] === 'string' ? patient['id'] : 'unknown'}`;
}

const Notes = z.object({ note: z.array(z.object({ text: z.string() })) });

function extractOf(bundle: Bundle, day: string): Extract {
  const patient = resourcesOf(bundle, 'Patient')[0];
  const notes = Notes.safeParse(resourcesOf(bundle, 'ServiceRequest')[0]);
  const [reason, question] = notes.success ? notes.data.note : [];
  return {
    age: ageOf(patient, day),
    gender: genderOf(patient),
    conditions: terms(resourcesOf(bundle, 'Condition'), 'code', (one) =>
      since(one['onsetDateTime']),
    ),
    medicines: terms(
      resourcesOf(bundle, 'MedicationStatement'),
      'medicationCodeableConcept',
      ({ status }) => (typeof status === 'string' ? status : ''),
    ),
    allergies: terms(resourcesOf(bundle, 'AllergyIntolerance'), 'code', ({ criticality }) =>
      typeof criticality === 'string' ? `criticality ${criticality}` : '',
    ),
    findings: terms(resourcesOf(bundle, 'Observation'), 'code', findingOf),
    reason: readable(reason?.text),
    question: readable(question?.text),
  };
}

/** What was redacted reads as an omission. */
function readable(text = ''): string {
  return text.replaceAll(/<[A-Z_]+>/g, '[…]');
}

function ageOf(patient: Resource | undefined, day: string): number | null {
  const born: unknown = patient?.['birthDate'];
  if (typeof born !== 'string') return null;
  const age = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return age >= 0 && age <= 89 ? age : null;
}

function genderOf(patient: Resource | undefined): Extract['gender'] {
  const read = z.enum(['male', 'female', 'other']).safeParse(patient?.['gender']);
  return read.success ? read.data : 'unknown';
}

function since(year: unknown): string {
  return typeof year === 'string' ? `since ${year}` : '';
}

const Quantity = z.object({
  value: z.number(),
  unit: z.string().optional(),
  code: z.string().optional(),
});
const Components = z.array(z.object({ code: z.unknown(), valueQuantity: Quantity }));

function findingOf(resource: Resource): string {
  const own = Quantity.safeParse(resource['valueQuantity']);
  const parts = Components.safeParse(resource['component']);
  const values = [
    ...(own.success ? [amountText(own.data)] : []),
    ...(parts.success
      ? parts.data.map(
          ({ code, valueQuantity }) =>
            `${nameOf(code)?.term ?? 'part'} ${amountText(valueQuantity)}`,
        )
      : []),
  ];
  const year: unknown = resource['effectiveDateTime'];
  const marks = nameOf((resource['interpretation'] as readonly JsonValue[] | undefined)?.[0]);
  return [
    values.join(', '),
    ...(marks === undefined ? [] : [marks.term.toLowerCase()]),
    ...(typeof year === 'string' ? [`in ${year}`] : []),
  ].join(' · ');
}

function amountText({ value, unit, code }: z.infer<typeof Quantity>): string {
  return `${value} ${unit ?? code ?? ''}`.trim();
}

function terms(
  resources: readonly Resource[],
  member: string,
  detailOf: (resource: Resource) => string,
): Term[] {
  return resources.flatMap((resource) => {
    const named = nameOf(resource[member]);
    return named === undefined ? [] : [{ ...named, detail: detailOf(resource) }];
  });
}

const Concept = z.object({
  coding: z.array(z.object({ code: z.string(), display: z.string().optional() })).min(1),
});

function nameOf(concept: unknown): { readonly term: string; readonly code: string } | undefined {
  const [coding] = Concept.safeParse(concept).data?.coding ?? [];
  return coding === undefined
    ? undefined
    : { term: coding.display ?? coding.code, code: coding.code };
}
