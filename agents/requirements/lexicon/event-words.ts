/** What people come together for, in seven languages. A noun may close with one of them: "Backkurs", "Sommerfest". */
const EVENTS = String.raw`workshops?|class|classes|masterclass|course|event|webinar|seminar|talk|lecture|concert|conference|meet-?up|supper club|dinner|tasting|open (?:day|house|evening)|fair|retreat|bootcamp|screening|exhibition|festival|gala|guided tour|\p{L}*(?:kurs|workshop|seminar|tagung|veranstaltung|vortrag|konzert|konferenz|messe|fest|lesung|führung|verkostung|ausstellung|abend)|tag der offenen tür|atelier|cours|stage|séminaire|conférence|concert|salon|soirée|dégustation|exposition|portes ouvertes|taller|curso|seminario|charla|concierto|conferencia|feria|cata|exposición|jornada|laboratorio|corso|convegno|concerto|conferenza|fiera|degustazione|mostra|cursus|lezing|beurs|proeverij|tentoonstelling|open dag|palestra|concerto|conferência|feira|prova|exposição|oficina`;
const EVENT = new RegExp(String.raw`(?<![\p{L}])(?:${EVENTS})(?![\p{L}])`, 'iu');

/** {@link EVENTS} as the source of a pattern. */
export const EVENT_WORDS = EVENTS;

/** Tells whether words name something that people come to. */
export function namesEvent(text: string): boolean {
  return EVENT.test(text);
}
