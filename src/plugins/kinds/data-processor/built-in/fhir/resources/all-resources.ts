import type { JsonValue } from '../../../../../../kernel/index.ts';
import { age, MASKED } from '../elements/datatypes.ts';
import { drop, type Members, type Required } from '../treatment.ts';
import * as care from './care.ts';
import * as findings from './findings.ts';
import * as medicines from './medicines.ts';
import * as people from './people.ts';
import type { ResourceType } from './shared-members.ts';

/** What a resource of a type may hold, and what it cannot be without (FHIR R4, cardinality 1..1 and 1..*). */
export interface ResourceShape {
  readonly members: Members;
  readonly required: Required;
}

const code: JsonValue = MASKED;
const MEDICATION = 'medicationReference|medicationCodeableConcept';

/** LOINC codes of how old somebody is: what stands there is an age, whatever its unit says. */
const AGES = ['30525-0', '21611-9', '21612-7', '29553-5', '63900-5', '35659-2'];
const OBSERVATION_OF_AGE: ResourceShape = {
  members: {
    ...findings.observation,
    valueQuantity: age,
    valueString: drop('age-over-89'),
    valueInteger: drop('age-over-89'),
    valueRange: drop('age-over-89'),
    valueRatio: drop('age-over-89'),
    component: drop('age-over-89'),
  },
  required: { status: null, code },
};

/** Gives how a resource is to be treated. */
export function shapeOf(type: ResourceType, resource: JsonValue): ResourceShape {
  return type === 'Observation' && tellsAge(resource) ? OBSERVATION_OF_AGE : SHAPES[type];
}

function tellsAge(value: JsonValue): boolean {
  if (typeof value === 'string') return AGES.includes(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(tellsAge);
}

/** A resource that loses what is null here is dropped: it would be none any more. */
const SHAPES: Readonly<Record<ResourceType, ResourceShape>> = Object.freeze({
  AllergyIntolerance: { members: findings.allergyIntolerance, required: { patient: null } },
  CarePlan: { members: care.carePlan, required: { status: null, intent: null, subject: null } },
  Condition: { members: findings.condition, required: { subject: null } },
  Device: { members: people.device, required: {} },
  DiagnosticReport: { members: findings.diagnosticReport, required: { status: null, code } },
  DocumentReference: { members: care.documentReference, required: { status: null, content: null } },
  Encounter: { members: care.encounter, required: { status: null, class: null } },
  FamilyMemberHistory: {
    members: findings.familyMemberHistory,
    required: { status: null, patient: null, relationship: code },
  },
  Immunization: {
    members: medicines.immunization,
    required: {
      status: null,
      vaccineCode: code,
      patient: null,
      'occurrenceDateTime|occurrenceString': 'removed',
    },
  },
  Location: { members: people.location, required: {} },
  Medication: { members: medicines.medication, required: {} },
  MedicationRequest: {
    members: medicines.medicationRequest,
    required: { status: null, intent: null, subject: null, [MEDICATION]: code },
  },
  MedicationStatement: {
    members: medicines.medicationStatement,
    required: { status: null, subject: null, [MEDICATION]: code },
  },
  Observation: { members: findings.observation, required: { status: null, code } },
  // A name or an identifier has to be there (org-1).
  Organization: { members: people.organization, required: { name: 'removed' } },
  Patient: { members: people.patient, required: {} },
  Practitioner: { members: people.practitioner, required: {} },
  PractitionerRole: { members: people.practitionerRole, required: {} },
  Procedure: { members: findings.procedure, required: { status: null, subject: null } },
  RelatedPerson: { members: people.relatedPerson, required: { patient: null } },
  ServiceRequest: {
    members: care.serviceRequest,
    required: { status: null, intent: null, subject: null },
  },
  Specimen: { members: findings.specimen, required: {} },
});
