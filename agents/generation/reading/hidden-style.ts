/** Declarations that take something out of sight, each over a property's whole value. */
const HIDING: readonly (readonly [property: RegExp, value: RegExp])[] = [
  [/^display$/u, /none/u],
  [/^visibility$/u, /hidden|collapse/u],
  [/^mso-hide$/u, /all/u],
  [/^opacity$/u, /^(?:0(?:\.[0-3]\d*)?|\.[0-3]\d*|[0-3]?\d%)$/u],
  [
    /^(?:font-size|font)$/u,
    /(?:^|\s)(?:[0-7](?:\.\d+)?|\.\d+)(?:px|pt)?(?:[\s/!]|$)|(?:^|\s)0?\.[0-4]\d*r?em|(?:^|\s)[0-4]?\d(?:\.\d+)?%/u,
  ],
  [/^(?:max-|line-)?(?:height|width)$/u, /^(?:[01]|0?\.\d+)(?:px|pt|%)?$|^0(?:em|rem)$/u],
  [/^text-indent$/u, /-\s*\d{2,}/u],
  [/^(?:left|top|right|bottom|margin|margin-left|margin-top)$/u, /-\s*\d{3,}/u],
  [/^(?:clip|clip-path|transform|filter|mask|mask-image|content)$/u, /./u],
  [
    /^color$/u,
    /transparent|rgba?\([^)]*[,/]\s*0?(?:\.[0-3]\d*)?\s*\)|#[0-9a-f]{3}0$|#[0-9a-f]{6}[0-4][0-9a-f]$/u,
  ],
];

/**
 * Tells whether an inline style takes its element out of sight. What cannot be read for certain, such as a backslash
 * escape, counts as hiding.
 */
export function hidesByStyle(style: string): boolean {
  if (style.includes('\\')) return true;
  const declarations = declarationsOf(style);
  return declarations.some(([property, value]) =>
    HIDING.some(([name, hiding]) => name.test(property) && hiding.test(value)),
  );
}

/** Tells whether any declaration of a style sheet takes something out of sight, whatever it applies to. */
export function stylesheetHides(css: string): boolean {
  if (css.includes('\\')) return true;
  const text = css.replace(/\/\*[\s\S]*?\*\//gu, '');
  return (text.match(/\{[^{}]*\}/gu) ?? []).some((body) => hidesByStyle(body.slice(1, -1)));
}

// All of them count, also one that a later one overrules: !important turns that around.
function declarationsOf(style: string): readonly (readonly [property: string, value: string])[] {
  const text = style.replace(/\/\*[\s\S]*?\*\//gu, '').toLowerCase();
  return text.split(';').map((declaration) => {
    const [property = '', ...value] = declaration.split(':');
    return [property.trim(), value.join(':').replace('!important', '').trim()];
  });
}

/** The colours that a text stands in, as CSS writes them. */
export interface Colors {
  readonly color: string;
  readonly background: string;
}

/** Gives the colours within an element: its own, or those around it. Of several declarations the last counts. */
export function colorsWithin(outer: Colors, style: string, bgcolor: string | undefined): Colors {
  const declarations = declarationsOf(style);
  const last = (name: RegExp): string | undefined =>
    declarations.findLast(([property]) => name.test(property))?.[1];
  const background = last(/^background(?:-color)?$/u) ?? bgcolor?.toLowerCase();
  return {
    color: last(/^color$/u) ?? outer.color,
    background:
      background === undefined || background === 'transparent' ? outer.background : background,
  };
}

/** Tells whether text has another colour than what it stands on. Near colours are not told apart. */
export function isLegible({ color, background }: Colors): boolean {
  return longColor(color) !== longColor(background);
}

function longColor(color: string): string {
  const named = { white: '#ffffff', black: '#000000' }[color] ?? color;
  return named.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/u, '#$1$1$2$2$3$3');
}
