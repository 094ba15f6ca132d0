import type { Phrases } from './phrases.ts';

export const de: Phrases = {
  title: 'Kampagnenplan: {title}',
  titleBare: 'Kampagnenplan',
  objectiveBare: 'Das Briefing nennt kein Ziel',
  toneBare: 'Schlicht und klar',
  message: {
    offerFirst: 'Mit dem Angebot beginnen: {offer} Stützen mit: {point}',
    pointFirst: 'Beginnen mit: {point} Dann das Angebot nennen: {offer}',
    alone: 'Beginnen mit: {point}',
    speakTo: 'Wer sie sind: {description}',
    need: 'Was sie brauchen: {need}',
  },
  step: {
    announce: 'Ankündigen: {fact}',
    explain: 'Erklären: {fact}',
    remind: 'Erinnern: {fact}',
    'last-call': 'Letzter Hinweis: {fact}',
    'follow-up': 'Nachfassen: {fact}',
  },
  subject: {
    announce: 'Die Neuigkeit selbst nennen',
    explain: 'Eine nützliche Antwort versprechen',
    remind: 'Von einer anderen Seite kommen als die erste E-Mail',
    'last-call': 'Sagen, was endet und wann',
    'follow-up': 'Fragen, was noch offen ist',
  },
  subjectLines: {
    formal:
      'Vollständige, sachliche Aussagen, das Thema zuerst; keine Ausrufezeichen, keine Emojis, keine Fragen.',
    warm: 'Einen einzelnen Menschen ansprechen, der Nutzen zuerst, in Alltagssprache; höchstens ein Ausrufezeichen in der ganzen Reihe.',
    playful:
      'Kurz und lebendig, mit einem Augenzwinkern, wo das Thema es erlaubt; die Neuigkeit muss allein aus der Betreffzeile hervorgehen.',
    plain:
      'Sagen, was in der E-Mail steht, das konkreteste Wort zuerst; keine Andeutungen, keine Großbuchstaben als Effekt.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Jetzt bestellen',
    register: 'Platz reservieren',
    inform: 'Mehr lesen',
    'win-back': 'Wieder vorbeischauen',
    retain: 'Neues entdecken',
    donate: 'Unterstützen',
    engage: 'Mehr erfahren',
  },
  risk: {
    'one-date': {
      text: 'Alles hängt an einem Termin: {deadline}',
      mitigation:
        'Die erste E-Mail bis zu ihrem eigenen Datum in der Reihe freigeben und versenden; bei Verzug eher die mittleren E-Mails weglassen als die letzte.',
    },
    'many-dates': {
      text: 'Mehreres endet an verschiedenen Tagen, die Leser können das verwechseln.',
      mitigation:
        'Jeder letzte Hinweis nennt nur einen Termin, und ein vergangener wird nicht wiederholt.',
    },
    'no-closing': {
      text: 'Nichts läuft ab, also drängt nichts zum baldigen Handeln.',
      mitigation:
        'Auf Nutzen statt auf Dringlichkeit setzen; gibt es doch ein Enddatum, gehört es ins Briefing.',
    },
    preparation: {
      text: 'Vor dem Versand ist auf unserer Seite etwas zu erledigen: {deadline}',
      mitigation: 'Benennen, wer es erledigt; vorher geht keine E-Mail hinaus.',
    },
    'goal-date': {
      text: 'Das Ziel wird an einem eigenen Datum gemessen; es beendet nichts für die Lesenden und bestimmt keine E-Mail: {deadline}',
      mitigation:
        'Soll danach nichts mehr hinausgehen, es im Briefing sagen; sonst die Termine der Reihe damit vergleichen.',
    },
    undated: {
      text: 'Zu einer Frist fehlt das Datum, nach dem geplant werden kann: {deadline}',
      mitigation: 'Das Datum im Briefing ergänzen; bis dahin richtet sich keine E-Mail danach.',
    },
    tight: {
      text: 'Zwischen Start und Frist ist wenig Zeit, die E-Mails folgen dicht aufeinander.',
      mitigation:
        'Nach jeder E-Mail die Abmeldungen beobachten und die nächste weglassen, wenn sie steigen.',
    },
    wording: {
      text: 'Das Briefing schließt bestimmte Formulierungen aus.',
      mitigation:
        'Jede E-Mail wird vor dem nächsten Schritt daran geprüft; den Sinn prüft zusätzlich die Redaktion.',
    },
    conflict: {
      text: 'Ein Punkt, den das Briefing erzählt haben will, enthält eine ausgeschlossene Formulierung; er wird nicht erzählt.',
      mitigation: 'Den Punkt umformulieren oder die Regel streichen und neu planen.',
    },
    thin: {
      text: 'Das Briefing enthält wenige Fakten, die E-Mails werden sich ähneln.',
      mitigation: 'Kernbotschaften mit Belegen ergänzen oder weniger E-Mails freigeben.',
    },
    withheld: {
      text: 'Das Briefing enthielt Kennungen von Personen, etwa Akten-, Karten- oder Kontonummern. Erkannte Kennungen stehen nicht im Plan; Namen von Personen werden nicht erkannt und können geblieben sein.',
      mitigation:
        'Sie aus dem Briefing entfernen, den Plan auf Namen durchsehen, und Personen nur über Platzhalter ansprechen.',
    },
    regulated: {
      text: 'Das Briefing gibt eine Regel vor: {note}',
      mitigation: 'Die zuständige Stelle liest die E-Mails vor dem Versand.',
    },
    'one-segment': {
      text: 'Es gibt nur ein Segment, alle erfahren dasselbe.',
      mitigation: 'Unterscheiden sich Gruppen in Wissen oder Bedarf, gehören sie ins Briefing.',
    },
    'same-message': {
      text: 'Diese Segmente bekommen die gleichen E-Mails, weil nichts im Briefing eines von ihnen besonders anspricht: {segments}',
      mitigation: 'Im Briefing sagen, was welchem Segment wichtig ist.',
    },
    'no-metrics': {
      text: 'Das Briefing sagt nicht, woran der Erfolg gemessen wird.',
      mitigation:
        'Vor der ersten E-Mail für mindestens eine der Messgrößen unten ein Ziel vereinbaren.',
    },
    'no-action': {
      text: 'Das Briefing nennt keine Handlungsaufforderung; diese folgt aus dem Ziel.',
      mitigation: 'Prüfen, dass sie auf eine Seite führt, auf der genau das möglich ist.',
    },
    'action-changed': {
      text: 'Die Handlungsaufforderung des Briefings konnte nicht wörtlich übernommen werden, weil sie Verbotenes sagt oder eine Zahl enthält, die nichts anderes stützt: {note}',
      mitigation: 'Im Briefing anders formulieren oder hier bearbeiten.',
    },
    fewer: {
      text: 'Das Briefing wünscht mehr E-Mails, als die Zeit bis zur Frist zulässt; es sind weniger geplant.',
      mitigation: 'Früher beginnen oder weniger E-Mails wünschen.',
    },
  },
  measure: {
    opens: 'Öffnungsrate jeder E-Mail im Vergleich innerhalb der Reihe',
    clicks: 'Klickrate auf die Handlungsaufforderung je Segment',
    unsubscribes: 'Abmelderate nach jeder E-Mail',
    outcome: {
      sell: 'Bestellungen, die mit einem Klick in der Kampagne beginnen',
      register: 'Anmeldungen, die mit einem Klick in der Kampagne beginnen',
      inform: 'Leser, die das Ende der verlinkten Seite erreichen',
      'win-back': 'Empfänger, die wieder aktiv werden',
      retain: 'Empfänger, die nach der Kampagne noch aktiv sind',
      donate: 'Spenden, die mit einem Klick in der Kampagne beginnen',
      engage: 'Antworten und Besuche, die mit einem Klick in der Kampagne beginnen',
    },
  },
  review: {
    notUnderstood: {
      text: 'Dieser Kommentar wurde nicht verstanden und hat nichts geändert: „{comment}“',
      mitigation:
        'Den Plan direkt bearbeiten oder so formulieren: nur zwei E-Mails, keine Erinnerung, letzte Erinnerung weglassen, kürzer, förmlicher, Schwerpunkt auf …',
    },
    figure: {
      text: 'Ein Kommentar enthält eine Angabe, die nicht im Briefing steht; sie wird nicht verwendet: „{comment}“',
      mitigation: 'Zahlen kommen nur aus dem Briefing: dort ergänzen und neu beginnen.',
    },
    silent: {
      text: 'Der Plan kam zurück, ohne dass gesagt wurde, was zu ändern ist; er ist unverändert.',
      mitigation: 'Sagen, was zu ändern ist, oder den Plan direkt bearbeiten.',
    },
    moreFormal: 'förmlicher, wie in der Prüfung gewünscht',
    lessFormal: 'lockerer, wie in der Prüfung gewünscht',
  },
};
