import { tsImport } from 'tsx/esm/api';
import { z } from 'zod';

/** docs/schemas/phasegate.plugin.schema.json: the JSON Schema of a plugin's manifest, for editors and other tools. */
export async function manifestSchema() {
  const { Manifest } = await tsImport('../../src/plugins/contract/manifest.ts', import.meta.url);
  const schema = {
    ...z.toJSONSchema(Manifest, { io: 'input', target: 'draft-2020-12' }),
    $id: 'urn:phasegate:phasegate.plugin.schema.json',
    title: 'phasegate.plugin.json',
  };
  return [
    {
      file: 'docs/schemas/phasegate.plugin.schema.json',
      text: `${JSON.stringify(schema, null, 2)}\n`,
    },
  ];
}
