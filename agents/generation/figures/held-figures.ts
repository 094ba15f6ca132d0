import { figuresIn, type Figure } from './figures.ts';

/** The figures that texts hold, asked by {@link HeldFigures.holds}. */
export interface HeldFigures {
  /** Tells whether `figure` is said by the texts; a full date also holds its day, its month and its year alone. */
  readonly holds: (figure: Figure) => boolean;
}

/** Gathers the figures of `texts`, which are written in `language`. */
export function heldFigures(texts: readonly string[], language: string): HeldFigures {
  const held = new Set(
    texts.flatMap((text) => figuresIn(text, language)).flatMap(withWhatItImplies),
  );
  return { holds: (figure) => figure.keys.some((key) => held.has(key)) };
}

function withWhatItImplies({ keys }: Figure): readonly string[] {
  return keys.flatMap((key) => {
    const full = /^date:(\d{4})-(\d{2})(-\d{2})?$/u.exec(key);
    if (full === null) return [key];
    const [, year, month, day = ''] = full;
    return [
      key,
      `date:${year}-${month}`,
      `number:${year}`,
      ...(day === '' ? [] : [`date:--${month}${day}`]),
    ];
  });
}
