import {
  annotation,
  coding,
  concept,
  concepts,
  flag,
  number,
  period,
  quantity,
  text,
  year,
} from '../elements/datatypes.ts';
import { identifiers } from '../elements/identities.ts';
import { drop, elementOf, keepIf, listOf, oneOf, type Members } from '../treatment.ts';
import { reference, references } from './shared-members.ts';

const notes = listOf(annotation);
/** How soon something is wanted. */
export const PRIORITY = oneOf('routine', 'urgent', 'asap', 'stat');

export const encounter: Members = {
  identifier: identifiers,
  status: oneOf(
    'planned',
    'arrived',
    'triaged',
    'in-progress',
    'onleave',
    'finished',
    'cancelled',
    'entered-in-error',
    'unknown',
  ),
  statusHistory: drop('date'),
  class: coding,
  classHistory: drop('date'),
  type: concepts,
  serviceType: concept,
  priority: concept,
  subject: reference,
  episodeOfCare: drop('identifier'),
  basedOn: references,
  participant: listOf(elementOf({ type: concepts, period, individual: reference })),
  appointment: drop('identifier'),
  period,
  length: quantity,
  reasonCode: concepts,
  reasonReference: references,
  diagnosis: listOf(
    elementOf({ condition: reference, use: concept, rank: number }, { condition: null }),
  ),
  account: drop('account-number'),
  hospitalization: elementOf({
    preAdmissionIdentifier: drop('identifier'),
    origin: reference,
    admitSource: concept,
    reAdmission: concept,
    dietPreference: concepts,
    specialCourtesy: concepts,
    specialArrangement: concepts,
    destination: reference,
    dischargeDisposition: concept,
  }),
  location: listOf(
    elementOf(
      {
        location: reference,
        status: oneOf('planned', 'active', 'reserved', 'completed'),
        physicalType: concept,
        period,
      },
      { location: null },
    ),
  ),
  serviceProvider: reference,
  partOf: reference,
};

/** Files are not looked into: what is left says that there was one. */
const attachment = elementOf(
  {
    contentType: keepIf(
      (value) =>
        typeof value === 'string' &&
        /^(application|audio|image|text|video)\/[a-z0-9.+-]{1,40}$/.test(value),
      'attachment',
    ),
    language: drop('code'),
    data: drop('attachment'),
    url: drop('url'),
    size: drop('attachment'),
    hash: drop('attachment'),
    title: drop('attachment'),
    creation: drop('date'),
  },
  { contentType: 'application/octet-stream' },
);

export const documentReference: Members = {
  masterIdentifier: drop('identifier'),
  identifier: identifiers,
  status: oneOf('current', 'superseded', 'entered-in-error'),
  docStatus: oneOf('preliminary', 'final', 'amended', 'entered-in-error'),
  type: concept,
  category: concepts,
  subject: reference,
  date: drop('date'),
  author: references,
  authenticator: reference,
  custodian: reference,
  relatesTo: listOf(
    elementOf(
      { code: oneOf('replaces', 'transforms', 'signs', 'appends'), target: reference },
      { code: null, target: null },
    ),
  ),
  description: text,
  securityLabel: concepts,
  content: listOf(elementOf({ attachment, format: coding }, { attachment: null })),
  context: elementOf({
    encounter: references,
    event: concepts,
    period,
    facilityType: concept,
    practiceSetting: concept,
    sourcePatientInfo: reference,
    related: references,
  }),
};

export const serviceRequest: Members = {
  identifier: identifiers,
  basedOn: references,
  requisition: drop('identifier'),
  status: oneOf(
    'draft',
    'active',
    'on-hold',
    'revoked',
    'completed',
    'entered-in-error',
    'unknown',
  ),
  intent: oneOf(
    'proposal',
    'plan',
    'directive',
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
  code: concept,
  subject: reference,
  encounter: reference,
  occurrenceDateTime: year,
  occurrencePeriod: period,
  authoredOn: year,
  requester: reference,
  performer: references,
  reasonCode: concepts,
  reasonReference: references,
  specimen: references,
  bodySite: concepts,
  note: notes,
  patientInstruction: text,
};

export const carePlan: Members = {
  identifier: identifiers,
  basedOn: references,
  partOf: references,
  status: oneOf(
    'draft',
    'active',
    'on-hold',
    'revoked',
    'completed',
    'entered-in-error',
    'unknown',
  ),
  intent: oneOf('proposal', 'plan', 'order', 'option'),
  category: concepts,
  title: text,
  description: text,
  subject: reference,
  encounter: reference,
  period,
  created: year,
  author: reference,
  addresses: references,
  activity: listOf(elementOf({ outcomeCodeableConcept: concepts, reference })),
  note: notes,
};
