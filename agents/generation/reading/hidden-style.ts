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
 * Tells whether an inline style takes its element out of sight. What cannot be read for certain (a backslash escape, text
 * in the colour of its own background) counts as hiding.
 */
export function hidesByStyle(style: string): boolean {
  if (style.includes('\\')) return true;
  const declarations = declarationsOf(style);
  const valuesOf = (name: RegExp): readonly string[] =>
    declarations.filter(([property]) => name.test(property)).map(([, value]) => longColor(value));
  const backgrounds = valuesOf(/^background(?:-color)?$/u);
  if (valuesOf(/^color$/u).some((color) => backgrounds.includes(color))) return true;
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

function longColor(color: string): string {
  const named = { white: '#ffffff', black: '#000000' }[color] ?? color;
  return named.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/u, '#$1$1$2$2$3$3');
}
