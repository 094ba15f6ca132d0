import type { Phrases } from './phrases.ts';

export const fr: Phrases = {
  title: 'Plan de campagne : {title}',
  titleBare: 'Plan de campagne',
  objectiveBare: 'Le brief ne donne pas d’objectif',
  toneBare: 'Simple et clair',
  message: {
    offerFirst: 'Commencer par l’offre : {offer} L’appuyer par : {point}',
    pointFirst: 'Commencer par : {point} Présenter ensuite l’offre : {offer}',
    alone: 'Commencer par : {point}',
    speakTo: 'Qui ils sont : {description}',
    need: 'Ce dont ils ont besoin : {need}',
  },
  step: {
    announce: 'Annoncer : {fact}',
    explain: 'Expliquer : {fact}',
    remind: 'Rappeler : {fact}',
    'last-call': 'Dernier appel : {fact}',
    'follow-up': 'Relancer : {fact}',
  },
  subject: {
    announce: 'Nommer la nouvelle elle-même',
    explain: 'Promettre une réponse utile',
    remind: 'Prendre un autre angle que le premier e-mail',
    'last-call': 'Dire ce qui se termine, et quand',
    'follow-up': 'Demander ce qui reste à éclaircir',
  },
  subjectLines: {
    formal:
      'Des phrases complètes et sobres, le sujet en tête ; ni point d’exclamation, ni émoji, ni question.',
    warm: 'S’adresser à une seule personne, le bénéfice d’abord, avec des mots de tous les jours.',
    playful:
      'Court et vif, avec un clin d’œil si le sujet s’y prête ; la nouvelle doit se comprendre à la seule lecture de l’objet.',
    plain:
      'Dire ce que contient l’e-mail, le mot le plus concret d’abord ; ni mystère, ni majuscules d’effet.',
  },
  maxCharacters: 60,
  action: {
    sell: 'Commander',
    register: 'Réserver ma place',
    inform: 'En savoir plus',
    'win-back': 'Revenir voir',
    retain: 'Voir les nouveautés',
    donate: 'Soutenir',
    engage: 'Découvrir',
  },
  risk: {
    'one-date': {
      text: 'Tout dépend d’une date : {deadline}',
      mitigation:
        'Faire valider et envoyer le premier e-mail avant sa propre date limite ; en cas de retard, supprimer les e-mails du milieu plutôt que le dernier.',
    },
    'many-dates': {
      text: 'Plusieurs choses se terminent à des dates différentes ; les lecteurs peuvent les confondre.',
      mitigation:
        'Chaque dernier appel ne donne qu’une date, et une date passée n’est plus répétée.',
    },
    'no-closing': {
      text: 'Rien ne se termine, donc rien ne presse les lecteurs.',
      mitigation:
        'Miser sur l’utilité plutôt que sur l’urgence ; ajouter au brief une date de fin s’il y en a une.',
    },
    preparation: {
      text: 'Quelque chose doit être fait de notre côté avant l’envoi : {deadline}',
      mitigation: 'Nommer qui s’en charge ; aucun e-mail ne part avant.',
    },
    'goal-date': {
      text: 'L’objectif se mesure à sa propre date, qui ne met fin à rien pour les lecteurs et ne règle aucun envoi : {deadline}',
      mitigation:
        'Si rien ne doit partir après, le dire dans le brief ; sinon, y comparer les dates de la séquence.',
    },
    undated: {
      text: 'Une échéance n’a pas de date utilisable : {deadline}',
      mitigation: 'Ajouter la date au brief ; d’ici là, aucun e-mail n’en dépend.',
    },
    tight: {
      text: 'Il y a peu de temps entre le début et l’échéance : les e-mails se suivent de près.',
      mitigation:
        'Surveiller les désabonnements après chaque e-mail et supprimer le suivant s’ils augmentent.',
    },
    wording: {
      text: 'Le brief exclut certaines formulations.',
      mitigation:
        'Chaque e-mail est contrôlé avant de continuer ; une relecture humaine vérifie aussi le sens.',
    },
    conflict: {
      text: 'Un point que le brief veut faire dire contient une formulation exclue ; il n’est pas repris.',
      mitigation: 'Reformuler le point ou retirer la règle, puis replanifier.',
    },
    thin: {
      text: 'Le brief donne peu de faits : les e-mails se ressembleront.',
      mitigation: 'Ajouter des messages clés étayés, ou valider moins d’e-mails.',
    },
    withheld: {
      text: 'Le brief contenait des identifiants de personnes, comme des numéros de dossier, de carte ou de compte. Ceux qui ont été reconnus ne figurent pas dans le plan ; les noms de personnes ne sont pas reconnus et peuvent subsister.',
      mitigation:
        'Les retirer du brief, relire le plan à la recherche de noms, et n’employer que des champs de fusion.',
    },
    regulated: {
      text: 'Le brief fixe une règle : {note}',
      mitigation: 'Faire relire les e-mails par la personne responsable avant l’envoi.',
    },
    'one-segment': {
      text: 'Il n’y a qu’un segment : tous reçoivent le même message.',
      mitigation: 'Si des groupes diffèrent, les nommer dans le brief.',
    },
    'same-message': {
      text: 'Ces segments reçoivent les mêmes e-mails, car rien dans le brief ne parle à l’un d’eux en particulier : {segments}',
      mitigation: 'Dire dans le brief ce qui compte pour chaque segment.',
    },
    'no-metrics': {
      text: 'Le brief ne dit pas comment le succès se mesure.',
      mitigation:
        'Convenir d’une cible pour au moins une des mesures ci-dessous avant le premier envoi.',
    },
    'no-action': {
      text: 'Le brief ne donne pas d’appel à l’action ; celui-ci découle de l’objectif.',
      mitigation: 'Vérifier qu’il mène à une page où l’on peut faire exactement cela.',
    },
    'action-changed': {
      text: 'L’appel à l’action du brief n’a pas pu être repris mot pour mot, car il dit ce qui ne doit pas être dit ou contient un chiffre que rien d’autre n’appuie : {note}',
      mitigation: 'Le reformuler dans le brief, ou le modifier ici.',
    },
    fewer: {
      text: 'Le brief souhaite plus d’e-mails que le temps avant l’échéance ne le permet ; il y en a moins de prévus.',
      mitigation: 'Commencer plus tôt, ou souhaiter moins d’e-mails.',
    },
  },
  measure: {
    opens: 'Taux d’ouverture de chaque e-mail, comparé au sein de la séquence',
    clicks: 'Taux de clic sur l’appel à l’action, par segment',
    unsubscribes: 'Taux de désabonnement après chaque e-mail',
    outcome: {
      sell: 'Commandes issues d’un clic dans la campagne',
      register: 'Inscriptions issues d’un clic dans la campagne',
      inform: 'Lecteurs qui arrivent au bout de la page liée',
      'win-back': 'Destinataires redevenus actifs',
      retain: 'Destinataires encore actifs après la campagne',
      donate: 'Dons issus d’un clic dans la campagne',
      engage: 'Réponses et visites issues d’un clic dans la campagne',
    },
  },
  review: {
    notUnderstood: {
      text: 'Ce commentaire n’a pas été compris et n’a rien changé : « {comment} »',
      mitigation:
        'Modifier le plan directement. Commentaires compris, en anglais : only two emails, no reminder, shorter, more formal, focus on …',
    },
    figure: {
      text: 'Un commentaire contient un chiffre absent du brief ; il n’est pas utilisé : « {comment} »',
      mitigation: 'Les chiffres viennent du brief seul : l’y ajouter et recommencer.',
    },
    silent: {
      text: 'Le plan a été renvoyé sans dire quoi changer ; il est inchangé.',
      mitigation: 'Dire quoi changer, ou modifier le plan directement.',
    },
    moreFormal: 'plus formel, comme demandé à la relecture',
    lessFormal: 'moins formel, comme demandé à la relecture',
  },
};
