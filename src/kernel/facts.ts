/** Flat scalars: ids, counts, flags. User content does not fit, so whatever carries Facts is safe to log. */
export type Facts = Readonly<Record<string, string | number | boolean>>;
