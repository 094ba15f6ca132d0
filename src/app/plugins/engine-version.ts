import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

const Manifest = z.object({ name: z.literal('phasegate'), version: z.string() });

/** Gives the version of Phasegate, which plugins name in `engines`; its manifest lies above the source and the compiled code. */
export function engineVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const parsed = Manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      if (parsed.success) return parsed.data.version;
    }
    const parent = dirname(folder);
    // Without its manifest the package is not whole; no plugin fits such an engine.
    if (parent === folder) return '0.0.0';
    folder = parent;
  }
}
