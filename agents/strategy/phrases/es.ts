import type { Phrases } from './phrases.ts';

export const es: Phrases = {
  title: 'Plan de campaña: {title}',
  titleBare: 'Plan de campaña',
  objectiveBare: 'El brief no indica ningún objetivo',
  toneBare: 'Sencillo y claro',
  message: {
    offerFirst: 'Empezar con la oferta: {offer} Apoyarla con: {point}',
    pointFirst: 'Empezar con: {point} Después, presentar la oferta: {offer}',
    alone: 'Empezar con: {point}',
    speakTo: 'Quiénes son: {description}',
    need: 'Qué necesitan: {need}',
  },
  step: {
    announce: 'Anunciar: {fact}',
    explain: 'Explicar: {fact}',
    remind: 'Recordar: {fact}',
    'last-call': 'Último aviso: {fact}',
    'follow-up': 'Dar seguimiento: {fact}',
  },
  subject: {
    announce: 'Nombrar la novedad misma',
    explain: 'Prometer una respuesta útil',
    remind: 'Llegar desde otro lado que el primer correo',
    'last-call': 'Decir qué termina y cuándo',
    'follow-up': 'Preguntar qué queda por aclarar',
  },
  subjectLines: {
    formal:
      'Frases completas y sobrias, con el tema al principio; sin exclamaciones, emojis ni preguntas.',
    warm: 'Hablar a una sola persona, primero el beneficio, con palabras de cada día.',
    playful:
      'Breve y vivo, con un guiño donde el tema lo permita; la novedad debe entenderse solo con el asunto.',
    plain:
      'Decir lo que hay en el correo, la palabra más concreta primero; sin intrigas ni mayúsculas de efecto.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Pedir ahora',
    register: 'Reservar plaza',
    inform: 'Leer más',
    'win-back': 'Volver a visitarnos',
    retain: 'Ver las novedades',
    donate: 'Apoyar',
    engage: 'Saber más',
  },
  risk: {
    'one-date': {
      text: 'Todo depende de una fecha: {deadline}',
      mitigation:
        'Aprobar y enviar el primer correo antes de su propia fecha; si hay retraso, quitar los correos intermedios antes que el último.',
    },
    'many-dates': {
      text: 'Varias cosas terminan en fechas distintas y los lectores pueden confundirlas.',
      mitigation: 'Cada último aviso nombra una sola fecha, y ninguna pasada se repite.',
    },
    'no-closing': {
      text: 'Nada termina, así que nada mueve a actuar pronto.',
      mitigation:
        'Apostar por la utilidad y no por la urgencia; si hay fecha final, añadirla al brief.',
    },
    preparation: {
      text: 'Hay algo que hacer por nuestra parte antes del envío: {deadline}',
      mitigation: 'Nombrar quién lo hace; ningún correo sale antes.',
    },
    'goal-date': {
      text: 'El objetivo se mide en una fecha propia, que no termina nada para los lectores ni marca ningún envío: {deadline}',
      mitigation:
        'Si nada debe salir después, decirlo en el brief; si no, comparar con ella las fechas de la secuencia.',
    },
    undated: {
      text: 'Un plazo no tiene fecha con la que planificar: {deadline}',
      mitigation: 'Añadir la fecha al brief; hasta entonces ningún correo depende de ella.',
    },
    tight: {
      text: 'Hay poco tiempo entre el inicio y el plazo, y los correos van muy seguidos.',
      mitigation: 'Vigilar las bajas tras cada correo y quitar el siguiente si aumentan.',
    },
    wording: {
      text: 'El brief excluye ciertas expresiones.',
      mitigation: 'Cada correo se comprueba antes de seguir; una persona revisa además el sentido.',
    },
    conflict: {
      text: 'Un punto que el brief quiere contar usa una expresión excluida; no se cuenta.',
      mitigation: 'Reformular el punto o retirar la regla, y planificar de nuevo.',
    },
    thin: {
      text: 'El brief da pocos datos; los correos se parecerán entre sí.',
      mitigation: 'Añadir mensajes clave con pruebas, o aprobar menos correos.',
    },
    withheld: {
      text: 'El brief contenía identificadores de personas, como números de expediente, de tarjeta o de cuenta. Los que se reconocieron no figuran en el plan; los nombres de personas no se reconocen y pueden haber quedado.',
      mitigation:
        'Quitarlos del brief, revisar el plan en busca de nombres y usar solo campos de combinación.',
    },
    regulated: {
      text: 'El brief fija una regla: {note}',
      mitigation: 'Que la persona responsable lea los correos antes del envío.',
    },
    'one-segment': {
      text: 'Hay un solo segmento; todos reciben lo mismo.',
      mitigation: 'Si hay grupos distintos, nombrarlos en el brief.',
    },
    'same-message': {
      text: 'Estos segmentos reciben los mismos correos, porque nada en el brief habla a uno de ellos en particular: {segments}',
      mitigation: 'Decir en el brief qué importa a cada segmento.',
    },
    'no-metrics': {
      text: 'El brief no dice cómo se mide el éxito.',
      mitigation:
        'Acordar un objetivo para al menos una de las medidas siguientes antes del primer envío.',
    },
    'no-action': {
      text: 'El brief no indica llamada a la acción; esta se deduce del objetivo.',
      mitigation: 'Comprobar que lleva a una página donde se puede hacer justo eso.',
    },
    'action-changed': {
      text: 'La llamada a la acción del briefing no se pudo tomar palabra por palabra, porque dice lo que no se debe decir o contiene una cifra que nada más respalda: {note}',
      mitigation: 'Cambiar su redacción en el briefing, o editarla aquí.',
    },
    fewer: {
      text: 'El briefing pide más correos de los que permite el tiempo hasta el plazo; se han previsto menos.',
      mitigation: 'Empezar antes, o pedir menos correos.',
    },
  },
  measure: {
    opens: 'Tasa de apertura de cada correo, comparada dentro de la secuencia',
    clicks: 'Tasa de clics en la llamada a la acción, por segmento',
    unsubscribes: 'Tasa de bajas tras cada correo',
    outcome: {
      sell: 'Pedidos que empiezan con un clic en la campaña',
      register: 'Inscripciones que empiezan con un clic en la campaña',
      inform: 'Lectores que llegan al final de la página enlazada',
      'win-back': 'Destinatarios que vuelven a estar activos',
      retain: 'Destinatarios que siguen activos tras la campaña',
      donate: 'Donaciones que empiezan con un clic en la campaña',
      engage: 'Respuestas y visitas que empiezan con un clic en la campaña',
    },
  },
  review: {
    notUnderstood: {
      text: 'Este comentario no se entendió y no cambió nada: «{comment}»',
      mitigation:
        'Editar el plan directamente. Comentarios que se entienden, en inglés: only two emails, no reminder, shorter, more formal, focus on …',
    },
    figure: {
      text: 'Un comentario contiene una cifra que no está en el brief; no se usa: «{comment}»',
      mitigation: 'Las cifras vienen solo del brief: añadirla allí y empezar de nuevo.',
    },
    silent: {
      text: 'El plan volvió sin decir qué cambiar; sigue igual.',
      mitigation: 'Decir qué cambiar, o editar el plan directamente.',
    },
    moreFormal: 'más formal, como se pidió en la revisión',
    lessFormal: 'menos formal, como se pidió en la revisión',
  },
};
