export { soc2Standard } from './pack.ts';
