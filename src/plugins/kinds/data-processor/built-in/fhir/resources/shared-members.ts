import { codings, concept, language } from '../elements/datatypes.ts';
import { referenceTo } from '../elements/identities.ts';
import { drop, elementOf, keepIf, listOf, type Members } from '../treatment.ts';

/** The types of resources that are read; a reference to any other one goes, and so does the resource. */
export const RESOURCE_TYPES = Object.freeze([
  'AllergyIntolerance',
  'CarePlan',
  'Condition',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'FamilyMemberHistory',
  'Immunization',
  'Location',
  'Medication',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'RelatedPerson',
  'ServiceRequest',
  'Specimen',
] as const);
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** Tells whether a resource of this type is read. */
export function isResourceType(type: unknown): type is ResourceType {
  return RESOURCE_TYPES.some((known) => known === type);
}

export const reference = referenceTo(isResourceType);
export const references = listOf(reference);

const meta = elementOf({
  versionId: drop('identifier'),
  lastUpdated: drop('date'),
  source: drop('url'),
  profile: listOf(
    keepIf(
      (value) =>
        typeof value === 'string' &&
        /^http:\/\/hl7\.org\/fhir\/(us\/core\/)?StructureDefinition\/[\w-]{1,64}$/.test(value),
      'url',
    ),
  ),
  security: codings,
  tag: codings,
});

/** What every resource may hold besides its own members, its id and what it contains. */
export const RESOURCE_MEMBERS: Members = Object.freeze({
  resourceType: keepIf(isResourceType),
  meta,
  language,
  text: drop('narrative'),
});

/** Members of one name for each type that a value may have, as in `valueQuantity`. */
export function choice(name: string, treatments: Members): Members {
  return Object.fromEntries(
    Object.entries(treatments).map(([type, treatment]) => [`${name}${type}`, treatment]),
  );
}

/** Who did something, and as what. */
export const performers = listOf(
  elementOf({ function: concept, role: concept, actor: reference, onBehalfOf: reference }),
);
