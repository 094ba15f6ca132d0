import { studioGraph } from '../../../src/app/index.ts';
import { letters } from './letters.ts';

const server = { graphs: {}, auth: { path: './auth.ts:auth' } };

export const graph = await studioGraph(() => letters, { server });
