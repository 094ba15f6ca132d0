export { streamThrough, type StreamOrder } from './adapt.ts';
export { csvCleaner } from './built-in/csv/csv-plugin.ts';
export {
  deidentify as deidentifyFhir,
  type Deidentified,
  type DeidentifyOptions,
} from './built-in/fhir/deidentify.ts';
export { jsonCleaner } from './built-in/json/json-plugin.ts';
export { dataProcessorKind } from './contract.ts';
