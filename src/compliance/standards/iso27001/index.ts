export { iso27001Standard } from './pack.ts';
