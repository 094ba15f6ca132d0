import { expect, test } from 'vitest';

import { drawGraph, type DrawnNode, type GraphDescription } from './index.ts';

const CAMPAIGN: GraphDescription = {
  title: 'newsletter',
  nodes: [
    { id: 'start', label: 'start', kind: 'start' },
    { id: 'draft', label: 'draft', kind: 'phase', note: 'agent writer' },
    { id: 'review', label: 'review', kind: 'person' },
    { id: 'completed', label: 'completed', kind: 'completed' },
    { id: 'blocked', label: 'blocked', kind: 'blocked' },
  ],
  edges: [
    { from: 'start', to: 'draft', label: '', kind: 'allow' },
    { from: 'draft', to: 'review', label: 'draft gate\nlength-fits', kind: 'allow' },
    { from: 'draft', to: 'draft', label: 'ask', kind: 'ask' },
    { from: 'review', to: 'draft', label: 'revise', kind: 'revise' },
    { from: 'review', to: 'completed', label: 'approval gate', kind: 'allow' },
    { from: 'review', to: 'blocked', label: 'deny', kind: 'deny' },
  ],
};

const HOSTILE = `</text><script>alert("1")</script> & \\G \\N "; n0 -> n1 [x="y"] \`b\` #35; %1 |e| ]] {{`;

function single(label: string, kind: DrawnNode['kind'] = 'phase'): GraphDescription {
  return { title: 'one', nodes: [{ id: 'a', label, kind }], edges: [] };
}

/** The texts of an SVG as a reader sees them. */
function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    (text ?? '')
      .replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, digits: string) =>
        String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)),
      )
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
      .replaceAll(/[\u200b]/g, '')
      .trim(),
  );
}

test('draws every node, note, gate and check as text of the SVG', async () => {
  const svg = await drawGraph(CAMPAIGN, 'svg');
  const texts = textsOf(svg);
  for (const text of ['newsletter', 'draft', 'agent writer', 'A PERSON DECIDES', 'review']) {
    expect(texts).toContain(text);
  }
  for (const text of ['draft gate', 'length-fits', 'approval gate', 'revise', 'deny', 'ask']) {
    expect(texts).toContain(text);
  }
});

test('draws one arrow an edge: what leads back dashed, what asks dotted', async () => {
  const svg = await drawGraph(CAMPAIGN, 'svg');
  expect(svg.match(/class="edge"/g)).toHaveLength(CAMPAIGN.edges.length);
  expect(svg.match(/stroke-dasharray="5,2"/g)).toHaveLength(1);
  expect(svg.match(/stroke-dasharray="1,5"/g)).toHaveLength(1);
});

test('names no address that a reader of the SVG would fetch', async () => {
  const svg = await drawGraph(CAMPAIGN, 'svg');
  const addresses = [...svg.matchAll(/https?:[^"\s]+/g)].map(([address]) => address);
  expect(addresses.every((address) => address.startsWith('http://www.w3.org/'))).toBe(true);
  expect(svg).not.toContain('<!DOCTYPE');
});

test('shows hostile text as it is, everywhere that text can stand', async () => {
  const graph: GraphDescription = {
    title: HOSTILE,
    nodes: [
      { id: HOSTILE, label: HOSTILE, kind: 'phase', note: HOSTILE },
      { id: 'end', label: 'end', kind: 'completed' },
    ],
    edges: [{ from: HOSTILE, to: 'end', label: HOSTILE, kind: 'allow' }],
  };
  const svg = await drawGraph(graph, 'svg');
  expect(svg).not.toContain('<script');
  const shown = textsOf(svg).join(' ');
  expect(shown.split(HOSTILE)).toHaveLength(5);
  expect(svg.match(/class="node"/g)).toHaveLength(2);
  expect(svg.match(/class="edge"/g)).toHaveLength(1);
});

test.each(['Größe naïve', '確認 フェーズ', 'Проверка', 'emoji 🚦', 'a\u0000b\u001bc', '\ud800'])(
  'draws %j without losing the drawing',
  async (label) => {
    const svg = await drawGraph(single(label), 'svg');
    expect(textsOf(svg).join(' ')).toContain(label.toWellFormed().replaceAll(/\p{Cc}/gu, ' '));
    expect((await drawGraph(single(label), 'png')).length).toBeGreaterThan(500);
  },
);

test('draws a node and an edge without any text', async () => {
  const graph: GraphDescription = {
    title: '',
    nodes: [
      { id: 'a', label: '', kind: 'phase' },
      { id: 'b', label: ' \n ', kind: 'blocked' },
    ],
    edges: [{ from: 'a', to: 'b', label: '', kind: 'deny' }],
  };
  expect(await drawGraph(graph, 'svg')).toContain('class="edge"');
  const mermaid = await drawGraph(graph, 'mermaid');
  expect(mermaid).toContain('n0 --> n1');
  // Mermaid refuses to read "".
  expect(mermaid.replace('title: ""', '')).not.toContain('""');
});

test('gives a PNG whose letters are there without a font of the machine', async () => {
  // b and d are equally wide, so the drawings differ in nothing but the letter itself.
  const [b, d, again] = await Promise.all([
    drawGraph(single('b'), 'png'),
    drawGraph(single('d'), 'png'),
    drawGraph(single('b'), 'png'),
  ]);
  expect([...b.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(Buffer.from(b).equals(d)).toBe(false);
  expect(Buffer.from(b).equals(again)).toBe(true);
});

test('gives the same SVG for the same description', async () => {
  expect(await drawGraph(CAMPAIGN, 'svg')).toBe(await drawGraph(CAMPAIGN, 'svg'));
});

test('writes a Mermaid flowchart in which no text of the description is markup', async () => {
  const graph: GraphDescription = {
    title: HOSTILE,
    nodes: [
      { id: 'end', label: HOSTILE, kind: 'phase' },
      { id: 'b', label: 'two\nlines', kind: 'person' },
    ],
    edges: [{ from: 'end', to: 'b', label: HOSTILE, kind: 'deny' }],
  };
  const text = await drawGraph(graph, 'mermaid');
  const escaped =
    '#60;/text#62;#60;script#62;alert#40;#34;1#34;#41;#60;/script#62; #38; #92;G #92;N';
  const [title, , ...lines] = text.split('\n').slice(1);
  expect(JSON.parse((title ?? '').replace('title: ', ''))).toBe(HOSTILE);
  expect(lines[0]).toBe('flowchart TD');
  expect(lines[1]?.replaceAll('<br/>', ' ')).toContain(`n0("${escaped}`);
  expect(lines[2]).toBe('  n1{{"two<br/>lines"}}:::person');
  expect(lines[3]).toMatch(/^ {2}n0 -->\|"[^"]+"\| n1$/);
  expect(lines[4]).toMatch(/^ {2}linkStyle 0 stroke:#[0-9a-f]{6}$/);
});

test('refuses an edge to a node that is not described', async () => {
  const graph: GraphDescription = {
    ...single('a'),
    edges: [{ from: 'a', to: 'z', label: '', kind: 'allow' }],
  };
  await expect(drawGraph(graph, 'mermaid')).rejects.toMatchObject({
    code: 'DRAWING_INVALID_DESCRIPTION',
    details: { problem: 'unknown-node', node: 'z' },
  });
});

test('refuses a node that is described twice', async () => {
  const graph = {
    ...CAMPAIGN,
    nodes: [...CAMPAIGN.nodes, ...single('a').nodes, ...single('b').nodes],
  };
  await expect(drawGraph(graph, 'svg')).rejects.toMatchObject({
    code: 'DRAWING_INVALID_DESCRIPTION',
    details: { problem: 'duplicate-node', node: 'a' },
  });
});
