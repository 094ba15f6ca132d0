import type { Phrases } from './phrases.ts';

export const nl: Phrases = {
  title: 'Campagneplan: {title}',
  titleBare: 'Campagneplan',
  objectiveBare: 'De briefing noemt geen doel',
  toneBare: 'Eenvoudig en helder',
  message: {
    offerFirst: 'Begin met het aanbod: {offer} Ondersteun het met: {point}',
    pointFirst: 'Begin met: {point} Noem daarna het aanbod: {offer}',
    alone: 'Begin met: {point}',
    speakTo: 'Wie zij zijn: {description}',
    need: 'Wat zij nodig hebben: {need}',
  },
  step: {
    announce: 'Aankondigen: {fact}',
    explain: 'Uitleggen: {fact}',
    remind: 'Herinneren: {fact}',
    'last-call': 'Laatste oproep: {fact}',
    'follow-up': 'Opvolgen: {fact}',
  },
  subject: {
    announce: 'Noem het nieuws zelf',
    explain: 'Beloof één nuttig antwoord',
    remind: 'Kom van een andere kant dan de eerste e-mail',
    'last-call': 'Zeg wat eindigt, en wanneer',
    'follow-up': 'Vraag wat er nog open is',
  },
  subjectLines: {
    formal:
      'Volledige, zakelijke zinnen met het onderwerp voorop; geen uitroeptekens, emoji of vragen.',
    warm: 'Spreek één persoon aan, het voordeel voorop, in gewone woorden.',
    playful:
      'Kort en levendig, met een knipoog waar het onderwerp dat toelaat; het nieuws moet uit de onderwerpregel alleen blijken.',
    plain:
      'Zeg wat er in de e-mail staat, het meest concrete woord voorop; geen geheimzinnigheid, geen hoofdletters voor effect.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Nu bestellen',
    register: 'Plaats reserveren',
    inform: 'Lees meer',
    'win-back': 'Kom weer eens kijken',
    retain: 'Bekijk wat nieuw is',
    donate: 'Steun ons',
    engage: 'Meer weten',
  },
  risk: {
    'one-date': {
      text: 'Alles hangt aan één datum: {deadline}',
      mitigation:
        'Laat de eerste e-mail vóór haar eigen datum goedkeuren en versturen; schrap bij vertraging liever de middelste e-mails dan de laatste.',
    },
    'many-dates': {
      text: 'Verschillende dingen eindigen op verschillende dagen; lezers kunnen ze verwarren.',
      mitigation:
        'Laat elke laatste oproep één datum noemen, en herhaal geen datum die voorbij is.',
    },
    'no-closing': {
      text: 'Er loopt niets af, dus niets zet lezers aan om snel te handelen.',
      mitigation:
        'Vertrouw op nut in plaats van urgentie; voeg een einddatum aan de briefing toe als die er is.',
    },
    preparation: {
      text: 'Aan onze kant moet iets gebeuren voordat de e-mails uitgaan: {deadline}',
      mitigation: 'Noem wie het doet; geen e-mail gaat eerder uit.',
    },
    'goal-date': {
      text: 'Het doel wordt op een eigen datum gemeten, die voor lezers niets beëindigt en geen e-mail bepaalt: {deadline}',
      mitigation:
        'Mag er daarna niets meer uitgaan, zeg dat in de briefing; vergelijk anders de data van de reeks ermee.',
    },
    undated: {
      text: 'Een termijn heeft geen datum waarop gepland kan worden: {deadline}',
      mitigation: 'Voeg de datum aan de briefing toe; tot dan richt geen e-mail zich ernaar.',
    },
    tight: {
      text: 'Tussen start en einddatum is weinig tijd; de e-mails volgen dicht op elkaar.',
      mitigation: 'Let na elke e-mail op afmeldingen en schrap de volgende als ze stijgen.',
    },
    wording: {
      text: 'De briefing sluit bepaalde bewoordingen uit.',
      mitigation:
        'Elke e-mail wordt daarop gecontroleerd; laat een redacteur ook op de strekking letten.',
    },
    conflict: {
      text: 'Een punt dat de briefing verteld wil hebben gebruikt uitgesloten bewoordingen; het wordt niet verteld.',
      mitigation: 'Herformuleer het punt of schrap de regel, en plan opnieuw.',
    },
    thin: {
      text: 'De briefing geeft weinig feiten; de e-mails zullen op elkaar lijken.',
      mitigation: 'Voeg kernboodschappen met bewijs toe, of keur minder e-mails goed.',
    },
    withheld: {
      text: 'De briefing bevatte identificaties van personen, zoals dossier-, kaart- of rekeningnummers. Wat herkend is, staat niet in het plan; namen van personen worden niet herkend en kunnen zijn blijven staan.',
      mitigation:
        'Haal ze uit de briefing, lees het plan na op namen en gebruik alleen samenvoegvelden.',
    },
    regulated: {
      text: 'De briefing stelt een regel: {note}',
      mitigation: 'Laat wie daarvoor verantwoordelijk is de e-mails vóór verzending lezen.',
    },
    'one-segment': {
      text: 'Er is maar één segment; iedereen krijgt hetzelfde.',
      mitigation: 'Noem in de briefing groepen die van elkaar verschillen.',
    },
    'same-message': {
      text: 'Deze segmenten krijgen dezelfde e-mails, omdat niets in de briefing een van hen in het bijzonder aanspreekt: {segments}',
      mitigation: 'Zeg in de briefing wat voor elk segment telt.',
    },
    'no-metrics': {
      text: 'De briefing zegt niet hoe succes wordt gemeten.',
      mitigation:
        'Spreek vóór de eerste e-mail een doel af voor ten minste één van de metingen hieronder.',
    },
    'no-action': {
      text: 'De briefing noemt geen oproep tot actie; deze volgt uit het doel.',
      mitigation: 'Controleer dat hij naar een pagina leidt waar precies dat kan.',
    },
    'action-changed': {
      text: 'De oproep tot actie van de briefing kon niet woord voor woord worden overgenomen, omdat ze zegt wat niet gezegd mag worden of een getal bevat dat door niets anders wordt gesteund: {note}',
      mitigation: 'Anders verwoorden in de briefing, of hier bewerken.',
    },
    fewer: {
      text: 'De briefing wenst meer e-mails dan de tijd tot de deadline toelaat; er zijn er minder gepland.',
      mitigation: 'Eerder beginnen, of minder e-mails wensen.',
    },
  },
  measure: {
    opens: 'Openingspercentage van elke e-mail, vergeleken binnen de reeks',
    clicks: 'Klikpercentage op de oproep tot actie, per segment',
    unsubscribes: 'Afmeldpercentage na elke e-mail',
    outcome: {
      sell: 'Bestellingen die beginnen met een klik in de campagne',
      register: 'Aanmeldingen die beginnen met een klik in de campagne',
      inform: 'Lezers die het einde van de gekoppelde pagina bereiken',
      'win-back': 'Ontvangers die weer actief worden',
      retain: 'Ontvangers die na de campagne nog actief zijn',
      donate: 'Giften die beginnen met een klik in de campagne',
      engage: 'Antwoorden en bezoeken die beginnen met een klik in de campagne',
    },
  },
  review: {
    notUnderstood: {
      text: 'Deze opmerking is niet begrepen en heeft niets veranderd: “{comment}”',
      mitigation:
        'Bewerk het plan direct. Opmerkingen die begrepen worden, in het Engels: only two emails, no reminder, shorter, more formal, focus on …',
    },
    figure: {
      text: 'Een opmerking bevat een cijfer dat niet in de briefing staat; het wordt niet gebruikt: “{comment}”',
      mitigation: 'Cijfers komen alleen uit de briefing: voeg het daar toe en begin opnieuw.',
    },
    silent: {
      text: 'Het plan kwam terug zonder dat gezegd is wat er moet veranderen; het is ongewijzigd.',
      mitigation: 'Zeg wat er moet veranderen, of bewerk het plan direct.',
    },
    moreFormal: 'formeler, zoals bij de beoordeling gevraagd',
    lessFormal: 'losser, zoals bij de beoordeling gevraagd',
  },
};
