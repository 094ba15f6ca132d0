import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import { defineAgent } from '../../workflow/index.ts';
import { comparableId } from '../person-decides.ts';
import { type Bundle, Referral, Selection, type Resource } from './facts.ts';
import necessary from './necessary.json' with { type: 'json' };

const DAY_MS = 86_400_000;
type Entry = Bundle['entry'][number];

/** Takes the part of the record that the specialty needs: types, findings and members by a list, the rest stays behind. */
export const selectionAgent = defineAgent({
  id: 'record-selection',
  input: Referral,
  artifact: Selection,
  reads: {},
  simulated: ({ input }) => selected(input),
});

function selected({ patient, bundle, about, referrer, consent }: Referral): Selection {
  const patients = bundle.entry.filter(({ resource }) => resource.resourceType === 'Patient');
  const wanted = bundle.entry.filter(
    ({ resource }) =>
      isWanted(resource, about.specialty) && (consent.sensitive || !isSensitive(resource)),
  );
  const names = patients.flatMap(namesOf);
  const newest = Math.max(...wanted.flatMap(({ resource }) => momentOf(resource)));
  return {
    patient,
    referrer: comparableId(referrer.id),
    patients: patients.length,
    strangers: wanted.filter(({ resource }) => !names.includes(subjectOf(resource))).length,
    kept: wanted.length,
    left: bundle.entry.length - wanted.length - patients.length,
    sensitiveKept: wanted.filter(({ resource }) => isSensitive(resource)).length,
    newestDays: Number.isFinite(newest) ? daysBefore(newest, about.requestedOn) : 0,
    consentDays: daysBefore(Date.parse(consent.on), about.requestedOn),
    bundle: {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [...patients, ...wanted].map(({ fullUrl, resource }) => ({
        ...(fullUrl === undefined ? {} : { fullUrl }),
        resource: narrowed(resource),
      })),
    },
  };
}

/** How a record says that something is not so after all. */
const NOT_SO: readonly string[] = ['refuted', 'entered-in-error'];
/** What changes a resource's meaning: never left out, so that what cannot be read with it goes as a whole. */
const CHANGES_MEANING: readonly string[] = ['modifierExtension', 'implicitRules'];

function isWanted(resource: Resource, specialty: Referral['about']['specialty']): boolean {
  const { types, findings } = necessary.specialties[specialty];
  if (!types.some((type) => type === resource.resourceType)) return false;
  if (resource['status'] === 'entered-in-error') return false;
  if (codesOf(resource['verificationStatus']).some((code) => NOT_SO.includes(code))) return false;
  if (resource.resourceType !== 'Observation') return true;
  return codesOf(resource['code']).some((code) => findings.some((known) => known === code));
}

const Labels = z.object({
  meta: z.object({ security: z.array(z.object({ code: z.string() })) }),
});

/** Labelled by the record's own security labels; what nobody labelled is not known here. */
function isSensitive(resource: Resource): boolean {
  const labels = Labels.safeParse(resource);
  return (
    labels.success &&
    labels.data.meta.security.some(({ code }) => necessary.sensitive.includes(code))
  );
}

const Concept = z.object({ coding: z.array(z.object({ code: z.string() })) });

function codesOf(concept: unknown): readonly string[] {
  const read = Concept.safeParse(concept);
  return read.success ? read.data.coding.map(({ code }) => code) : [];
}

const Reference = z.object({ reference: z.string() });

function subjectOf(resource: Resource): string {
  const read = Reference.safeParse(resource['subject'] ?? resource['patient']);
  return read.success ? read.data.reference : '';
}

function namesOf({ fullUrl, resource }: Entry): readonly string[] {
  const { id } = resource;
  return [
    ...(fullUrl === undefined ? [] : [fullUrl]),
    ...(typeof id === 'string' ? [`Patient/${id}`] : []),
  ];
}

/** A resource with the members that are needed of its type, and what changes its meaning: no note, narrative or performer. */
function narrowed(resource: Resource): Resource {
  const members: Readonly<Record<string, readonly string[]>> = necessary.members;
  const kept = members[resource.resourceType] ?? [];
  const entries = Object.entries(resource).filter(
    ([name]) => kept.includes(name) || CHANGES_MEANING.includes(name),
  );
  return { resourceType: resource.resourceType, ...Object.fromEntries(entries) };
}

function momentOf(resource: Resource): readonly number[] {
  const at: unknown = resource['effectiveDateTime'];
  const moment = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return Number.isFinite(moment) ? [moment] : [];
}

function daysBefore(moment: number, day: string): number {
  return Math.floor((Date.parse(day) - moment) / DAY_MS);
}

/** Gives a resource of the type, of a bundle. */
export function resourcesOf(bundle: Bundle, type: string): readonly Resource[] {
  return bundle.entry
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === type);
}

/** A bundle as plain JSON. */
export function jsonOf(bundle: Bundle): JsonValue {
  return JSON.parse(JSON.stringify(bundle)) as JsonValue;
}
