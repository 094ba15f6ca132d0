import { html, type Markup } from './escape.ts';

/** A table that scrolls by itself where a page is too narrow; `stack` lays its cells below one another there. */
export function table(
  heads: readonly string[],
  rows: readonly Markup[],
  layout: 'scroll' | 'stack' = 'scroll',
): Markup {
  return html`<div class="wide">
    <table class="${layout}">
      <thead>
        <tr>
          ${heads.map((head) => html`<th>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
