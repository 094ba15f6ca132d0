const FORMAT = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** Gives an amount as people read it: `1,834.20 EUR`. */
export function money(amount: number): string {
  return `${FORMAT.format(amount)} EUR`;
}
