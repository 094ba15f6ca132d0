import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/** A value that shows itself only when asked by name: printing, logging and serialising give `[secret]`. */
export interface Secret<Value> {
  /** The value itself. Hand it straight to what needs it, and keep it nowhere. */
  reveal(): Value;
  toString(): string;
  toJSON(): string;
}

/** Wraps what `reveal` gives so that no print, log or JSON of it shows the value. */
export function secretOf<Value>(reveal: () => Value): Secret<Value> {
  const hidden = (): string => HIDDEN;
  return Object.freeze({ reveal, toString: hidden, toJSON: hidden, [inspect.custom]: hidden });
}
