import {
  annotation,
  concept,
  concepts,
  flag,
  MASKED,
  number,
  period,
  quantity,
  ratio,
  text,
  year,
} from '../elements/datatypes.ts';
import { identifiers } from '../elements/identities.ts';
import { drop, elementOf, listOf, oneOf, type Members } from '../treatment.ts';
import { PRIORITY } from './care.ts';
import { performers, reference, references } from './shared-members.ts';

const notes = listOf(annotation);

export const medication: Members = {
  identifier: identifiers,
  code: concept,
  status: oneOf('active', 'inactive', 'entered-in-error'),
  manufacturer: reference,
  form: concept,
  amount: ratio,
  ingredient: listOf(
    elementOf(
      {
        itemCodeableConcept: concept,
        itemReference: reference,
        isActive: flag,
        strength: ratio,
      },
      { 'itemReference|itemCodeableConcept': MASKED },
    ),
  ),
  batch: drop('device-identifier'),
};

const DOSAGE = listOf(
  elementOf({
    sequence: number,
    text,
    patientInstruction: text,
    timing: drop('date'),
    asNeededBoolean: flag,
    asNeededCodeableConcept: concept,
    site: concept,
    route: concept,
    method: concept,
    doseAndRate: listOf(
      elementOf({
        type: concept,
        doseQuantity: quantity,
        rateQuantity: quantity,
        rateRatio: ratio,
      }),
    ),
  }),
);

export const medicationRequest: Members = {
  identifier: identifiers,
  status: oneOf(
    'active',
    'on-hold',
    'cancelled',
    'completed',
    'entered-in-error',
    'stopped',
    'draft',
    'unknown',
  ),
  statusReason: concept,
  intent: oneOf(
    'proposal',
    'plan',
    'order',
    'original-order',
    'reflex-order',
    'filler-order',
    'instance-order',
    'option',
  ),
  category: concepts,
  priority: PRIORITY,
  doNotPerform: flag,
  reportedBoolean: flag,
  medicationCodeableConcept: concept,
  medicationReference: reference,
  subject: reference,
  encounter: reference,
  authoredOn: year,
  requester: reference,
  performer: reference,
  performerType: concept,
  recorder: reference,
  reasonCode: concepts,
  reasonReference: references,
  basedOn: references,
  courseOfTherapyType: concept,
  note: notes,
  dosageInstruction: DOSAGE,
};

export const medicationStatement: Members = {
  identifier: identifiers,
  basedOn: references,
  partOf: references,
  status: oneOf(
    'active',
    'completed',
    'entered-in-error',
    'intended',
    'stopped',
    'on-hold',
    'unknown',
    'not-taken',
  ),
  statusReason: concepts,
  category: concept,
  medicationCodeableConcept: concept,
  medicationReference: reference,
  subject: reference,
  context: reference,
  effectiveDateTime: year,
  effectivePeriod: period,
  dateAsserted: year,
  informationSource: reference,
  derivedFrom: references,
  reasonCode: concepts,
  reasonReference: references,
  note: notes,
  dosage: DOSAGE,
};

export const immunization: Members = {
  identifier: identifiers,
  status: oneOf('completed', 'entered-in-error', 'not-done'),
  statusReason: concept,
  vaccineCode: concept,
  patient: reference,
  encounter: reference,
  occurrenceDateTime: year,
  occurrenceString: drop('date'),
  recorded: year,
  primarySource: flag,
  location: reference,
  manufacturer: reference,
  lotNumber: drop('device-identifier'),
  expirationDate: year,
  site: concept,
  route: concept,
  doseQuantity: quantity,
  performer: performers,
  note: notes,
  reasonCode: concepts,
};
