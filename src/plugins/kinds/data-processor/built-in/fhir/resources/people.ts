import {
  address,
  concept,
  concepts,
  flag,
  names,
  number,
  telecom,
  text,
  year,
} from '../elements/datatypes.ts';
import { identifiers } from '../elements/identities.ts';
import { drop, elementOf, listOf, oneOf, type Members } from '../treatment.ts';
import { reference, references } from './shared-members.ts';

const gender = oneOf('male', 'female', 'other', 'unknown');

/** What all who can be reached have: it all goes, but for the state that they live in. */
const PERSON: Members = {
  identifier: identifiers,
  active: flag,
  name: names,
  telecom,
  address: listOf(address),
  gender,
  birthDate: year,
  photo: drop('photo'),
};
const LANGUAGES = listOf(elementOf({ language: concept, preferred: flag }, { language: null }));

export const patient: Members = {
  ...PERSON,
  deceasedBoolean: flag,
  deceasedDateTime: year,
  maritalStatus: concept,
  multipleBirthBoolean: flag,
  multipleBirthInteger: number,
  contact: drop('relative'),
  communication: LANGUAGES,
  generalPractitioner: references,
  managingOrganization: reference,
  link: listOf(
    elementOf(
      { other: reference, type: oneOf('replaced-by', 'replaces', 'refer', 'seealso') },
      { other: null, type: null },
    ),
  ),
};

export const practitioner: Members = {
  ...PERSON,
  qualification: listOf(
    elementOf(
      { identifier: identifiers, code: concept, period: drop('date'), issuer: reference },
      { code: null },
    ),
  ),
  communication: concepts,
};

export const practitionerRole: Members = {
  identifier: identifiers,
  active: flag,
  period: drop('date'),
  practitioner: reference,
  organization: reference,
  code: concepts,
  specialty: concepts,
  location: references,
  telecom,
};

export const relatedPerson: Members = {
  ...PERSON,
  patient: reference,
  relationship: concepts,
  period: drop('date'),
  communication: LANGUAGES,
};

export const organization: Members = {
  identifier: identifiers,
  active: flag,
  type: concepts,
  name: drop('name'),
  alias: drop('name'),
  telecom,
  address: listOf(address),
  partOf: reference,
  contact: drop('name'),
};

export const location: Members = {
  identifier: identifiers,
  status: oneOf('active', 'suspended', 'inactive'),
  operationalStatus: drop('code'),
  name: drop('address'),
  alias: drop('address'),
  description: drop('address'),
  mode: oneOf('instance', 'kind'),
  type: concepts,
  telecom,
  address,
  physicalType: concept,
  position: drop('address'),
  managingOrganization: reference,
  partOf: reference,
};

export const device: Members = {
  identifier: identifiers,
  definition: drop('url'),
  udiCarrier: drop('device-identifier'),
  status: oneOf('active', 'inactive', 'entered-in-error', 'unknown'),
  statusReason: concepts,
  distinctIdentifier: drop('device-identifier'),
  manufacturer: text,
  manufactureDate: year,
  expirationDate: year,
  lotNumber: drop('device-identifier'),
  serialNumber: drop('device-identifier'),
  deviceName: drop('free-text'),
  modelNumber: drop('device-identifier'),
  partNumber: drop('device-identifier'),
  type: concept,
  patient: reference,
  owner: reference,
  location: reference,
  url: drop('url'),
  contact: telecom,
  parent: reference,
};
