import { studioGraph } from '../../../src/app/index.ts';
import { letters } from './letters.ts';

export const graph = await studioGraph(() => letters);
