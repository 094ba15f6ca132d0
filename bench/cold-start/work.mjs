import { z } from 'zod';

// What both scripts do: four phases in a row, each of which makes a list.
export const PHASES = ['gather', 'plan', 'draft', 'write'];
export const Brief = z.object({ text: z.string() });
export const Listing = z.object({ items: z.array(z.string()) });

export function listFor(phase, { text }) {
  return { items: Array.from({ length: 50 }, (_, index) => `${text}, ${phase} ${index}`) };
}
