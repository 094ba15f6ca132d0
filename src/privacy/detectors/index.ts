export { DETECTORS } from './detectors.ts';
