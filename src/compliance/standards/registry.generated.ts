// Written by npm run generate; add or remove a folder, not a line.
import { customStandard } from './custom/index.ts';
import { fismaStandard } from './fisma/index.ts';
import { gdprStandard } from './gdpr/index.ts';
import { hipaaStandard } from './hipaa/index.ts';
import { iso27001Standard } from './iso27001/index.ts';
import { pciDssStandard } from './pci-dss/index.ts';
import { soc2Standard } from './soc2/index.ts';
import { soxStandard } from './sox/index.ts';

/** Every member of src/compliance/standards/, by the name of its folder. */
export const standards = {
  custom: customStandard,
  fisma: fismaStandard,
  gdpr: gdprStandard,
  hipaa: hipaaStandard,
  iso27001: iso27001Standard,
  'pci-dss': pciDssStandard,
  soc2: soc2Standard,
  sox: soxStandard,
} as const;
