import { tsImport } from 'tsx/esm/api';

/** docs/standards.md: every primitive check and every check of every standard, as the code has them. */
export async function standardsPage() {
  const { findStandard, PRIMITIVES, STANDARD_IDS } = await tsImport(
    '../../src/compliance/index.ts',
    import.meta.url,
  );
  const standards = STANDARD_IDS.map(findStandard);
  const lines = [
    '<!-- Written by npm run generate. -->',
    '',
    '# Standards and their checks',
    '',
    'What each check tells, and what it cannot. [docs/compliance.md](compliance.md) says how they are asked. Identifiers only: the text',
    'of standards belongs to those who publish them.',
    '',
    ...standards.flatMap(chapter),
    '## Primitive checks',
    '',
    'A check of a standard is a primitive check with parameters. At a gate it needs parts of the compliance facts, for a report parts of',
    'the evidence; without one of them it cannot be decided.',
    '',
    ...[...PRIMITIVES.values()].flatMap(section),
  ];
  return [{ file: 'docs/standards.md', text: `${lines.join('\n').trimEnd()}\n` }];
}

function chapter({ id, title, source, note, extent, checks, neverAttestable }) {
  return [
    `## ${title} (\`${id}\`)`,
    '',
    `Source: ${source}.`,
    '',
    note,
    '',
    '| check | identifiers | primitive check | parameters | asked |',
    '| --- | --- | --- | --- | --- |',
    ...checks.map((check) => row(check)),
    '',
    `Counted in ${extent.unit}${extent.total === null ? '; how many there are nobody can say' : `, of which there are ${extent.total}`}. No machine can attest:`,
    '',
    ...neverAttestable.map((text) => `- ${text}`),
    '',
  ];
}

function row({ id, controls, note, primitive, parameters, mode }) {
  const named = note === undefined ? controls.join(', ') : `${controls.join(', ')}. ${note}`;
  const set = Object.entries(parameters).map(([name, value]) => `${name} ${short(value)}`);
  return `| ${id} | ${named} | \`${primitive.id}\` | ${set.join('; ')} | ${mode} |`;
}

function short(value) {
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? 'none' : value.join(' ');
}

function section({ id, on, predicate, says, cannotSay, gate, report }) {
  const at = on.length === 0 ? 'every transition' : `transitions tagged ${on.join(' or ')}`;
  return [
    `### \`${id}\``,
    '',
    `${predicate}.`,
    '',
    `- A pass says: ${says}.`,
    `- It cannot say: ${cannotSay}.`,
    ...(gate === undefined ? [] : [`- At gates, of ${at}: needs ${parts(gate.needs)}.`]),
    ...(report === undefined ? [] : [`- In reports: needs ${parts(report.needs)}.`]),
    '',
  ];
}

function parts(names) {
  return names.map((name) => `\`${name}\``).join(', ');
}
