// Written by npm run generate; add or remove a folder, not a line.
import { soxStandard } from './sox/index.ts';

/** Every member of src/compliance/standards/, by the name of its folder. */
export const standards = {
  sox: soxStandard,
} as const;
