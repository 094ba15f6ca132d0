/** The types that a column can be given. */
export const CELL_TYPES = ['text', 'integer', 'decimal', 'date', 'boolean', 'email'] as const;
export type CellType = (typeof CELL_TYPES)[number];

/** How numbers and dates are written in a file. */
export interface CellSettings {
  readonly decimalSign: '.' | ',';
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy';
}

/** Gives a cell in its type's one way of writing; undefined when it is no such value. */
export function typedCell(
  cell: string,
  type: CellType,
  settings: CellSettings,
): string | undefined {
  switch (type) {
    case 'text':
      return cell;
    case 'integer':
      return integerCell(cell, settings);
    case 'decimal':
      return decimalCell(cell, settings);
    case 'date':
      return dateCell(cell, settings);
    case 'boolean':
      return BOOLEANS.get(cell.toLowerCase());
    case 'email':
      return emailCell(cell);
  }
}

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 'y', '1'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'n', '0'].map((word) => [word, 'false'] as const),
]);

/** Digits in groups of three, parted by a space, a no-break space, an apostrophe, or the sign that is not the decimal one. */
function ungrouped(digits: string, { decimalSign }: CellSettings): string | undefined {
  const parts = digits.split(decimalSign === '.' ? /[ \u00A0\u202F',]/ : /[ \u00A0\u202F'.]/);
  const [first = '', ...rest] = parts;
  const grouped = rest.length === 0 || /^\d{1,3}$/.test(first);
  if (!grouped || rest.some((group) => !/^\d{3}$/.test(group))) return undefined;
  return /^\d+$/.test(first) ? parts.join('') : undefined;
}

function integerCell(cell: string, settings: CellSettings): string | undefined {
  const [sign, digits] = signOf(cell);
  const plain = ungrouped(digits, settings);
  return plain === undefined ? undefined : signed(sign, plain.replace(/^0+(?=\d)/, ''));
}

function decimalCell(cell: string, settings: CellSettings): string | undefined {
  const [sign, number] = signOf(cell);
  const parts = number.split(settings.decimalSign);
  const [whole = '', fraction] = parts;
  if (parts.length > 2 || (fraction !== undefined && !/^\d+$/.test(fraction))) return undefined;
  const plain = ungrouped(whole, settings)?.replace(/^0+(?=\d)/, '');
  if (plain === undefined) return undefined;
  return signed(sign, fraction === undefined ? plain : `${plain}.${fraction}`);
}

function signOf(cell: string): readonly [string, string] {
  const sign = /^[+\-\u2212]/.exec(cell)?.[0] ?? '';
  return [sign === '' || sign === '+' ? '' : '-', cell.slice(sign.length)];
}

function signed(sign: string, digits: string): string {
  return /^[0.]*$/.test(digits) ? digits : `${sign}${digits}`;
}

function dateCell(cell: string, { dateOrder }: CellSettings): string | undefined {
  const parts = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})$/.exec(cell)?.slice(1);
  if (parts === undefined) return undefined;
  // A year of four digits in front is ISO 8601, in whatever order the rest of the file is.
  const order = parts[0]?.length === 4 ? 'ymd' : dateOrder;
  const part = (name: string): string => (parts[order.indexOf(name)] ?? '').padStart(2, '0');
  const iso = `${part('y')}-${part('m')}-${part('d')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  // The calendar has the last word: 31 June is no day.
  const sound = part('y').length === 4 && !Number.isNaN(at.getTime());
  return sound && at.toISOString().startsWith(iso) ? iso : undefined;
}

function emailCell(cell: string): string | undefined {
  const at = cell.lastIndexOf('@');
  const [local, domain] = [cell.slice(0, at), cell.slice(at + 1).toLowerCase()];
  const sound =
    at > 0 &&
    /^[^\s@"<>(),;:]{1,64}$/.test(local) &&
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain);
  return sound ? `${local}@${domain}` : undefined;
}
