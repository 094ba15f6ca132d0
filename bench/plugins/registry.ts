import { planFromTemplate, versionsOf } from '../../src/plugins/index.ts';
import { each, MIB, type PluginLine } from './measure.ts';
import { openRegistry, packageOf, register, templateOf } from './subject.ts';

/** Many plugins in one registry: what they take to register, to list and to find. */
export async function registered(count: number): Promise<readonly PluginLine[]> {
  await using registry = await openRegistry([]);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  for (let n = 0; n < count; n++) await register(registry.plugins, packageOf(`p${n}`));
  const took = (performance.now() - started) / count;
  globalThis.gc?.();
  const heap = (process.memoryUsage().heapUsed - before) / MIB;
  const list = await each(20, () => versionsOf(registry.database.reader));
  const { search } = registry.plugins;
  const query = { kind: 'integration-connector', capability: 'go', text: 'a test' } as const;
  const found = await each(200, () => search.find(query));
  globalThis.gc?.();
  const indexed = (process.memoryUsage().heapUsed - before) / MIB;
  return [
    { what: 'Registration on SQLite, scan and all', unit: 'ms', value: took },
    { what: `${count} plugins registered, heap`, unit: 'MiB', value: heap, atMost: 25 },
    { what: `${count} plugins registered, all listed`, unit: 'ms', value: list / 1000 },
    { what: `${count} plugins, search`, unit: 'ms', value: found / 1000, atMost: 1 },
    {
      what: `${count} plugins, listed and searched, heap`,
      unit: 'MiB',
      value: indexed,
      atMost: 25,
    },
    ...(await templates(count)),
  ];
}

/** Templates of an installation, and one made into a plan. */
async function templates(count: number): Promise<readonly PluginLine[]> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const all = Array.from({ length: count }, (_, n) => templateOf(n));
  globalThis.gc?.();
  const heap = (process.memoryUsage().heapUsed - before) / MIB;
  const made = await each(1000, (n) => {
    const document = all[n % count];
    return document === undefined ? undefined : planFromTemplate(document, { document: `d${n}` });
  });
  return [
    { what: `${count} templates, heap`, unit: 'MiB', value: heap, atMost: 25 },
    { what: 'A template made into a plan', unit: 'ms', value: made / 1000, atMost: 0.1 },
  ];
}
