# language: fr
Fonctionnalité: Répéter ce qu'on écrit, et voir d'un coup d'œil où en sont les études
  Une organisatrice essaie un questionnaire que personne n'a publié, sur de vrais tableaux et avec des réponses inventées.
  Rien n'en reste quand elle les supprime. L'accueil suit les vraies réponses.

  @js @nojs
  Scénario: une étude jamais publiée est répétée, puis la répétition supprimée
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et je lève la contradiction
    Et je répète ce que j'écris
    Alors le titre de la fenêtre commence par « Répétition »
    Et la page dit « réponses fictives, à ne pas diffuser »
    Et la page dit « Enregistrement 2, répété le »
    Et la page dit « Métier »
    Quand je supprime la répétition de ce que j'écris
    Alors la page dit « La répétition est supprimée »
    Et la page dit « Pas encore de répétition »
    Quand j'ouvre l'accueil de l'équipe
    Alors la page dit « Questionnaire pas encore publié »

  @js @nojs
  Scénario: ce qui a des erreurs ne se répète pas, et mène à l'erreur
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris un questionnaire avec une erreur
    Et je répète ce que j'écris
    Alors la page dit « Pas encore répétable »
    Quand je suis le lien de la première erreur
    Alors l'éditeur montre « item:metier »

  @js
  Scénario: de l'éditeur, la répétition est de ce qui vient d'être tapé
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et je lève la contradiction
    Et je tape « Votre métier » à la place de « item:metier|label.fr » et je répète aussitôt
    Alors la page dit « Votre métier »
    Et le titre de la fenêtre commence par « Répétition »

  @js
  Scénario: l'accueil bouge avec les réponses
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Et l'accueil de l'équipe ouvert dans une seconde fenêtre
    Quand quelqu'un envoie une réponse
    Alors la seconde fenêtre compte 1 réponse à « qpv-cls » sans avoir été rechargée

  @nojs
  Scénario: sans JavaScript, l'accueil dit ce qu'il en est à l'ouverture
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand quelqu'un envoie une réponse
    Et j'ouvre l'accueil de l'équipe
    Alors l'accueil compte 1 réponse à « qpv-cls »

  @js
  Scénario: un questionnaire est déposé sur la page
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je dépose un questionnaire sur la page des nouvelles études
    Et je commence l'étude
    Alors la page dit « L'étude est commencée »
