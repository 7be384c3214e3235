# language: fr
Fonctionnalité: Écrire un questionnaire, le vérifier, le publier, le faire évoluer
  Une organisatrice voit ce que personne ne peut atteindre avant que quiconque réponde, et ce qu'une nouvelle version
  change avant de la publier.

  @js @nojs
  Scénario: d'une étude vide à une deuxième version
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Alors la page dit « L'étude est commencée »
    Quand j'y écris un questionnaire qui se contredit
    Alors la page dit « Ce questionnaire ne peut pas encore être publié »
    Et la page dit « s'excluent »
    Quand je lève la contradiction
    Alors la page dit « Rien à redire »
    Et le dessin des branches montre « metier »
    Et le papier écrit « (question 1) est supérieur ou égal à 18 → question 2 »
    Quand je publie
    Alors la page dit « La version 1 est publiée »
    Quand je reformule une question et je la pose à davantage de personnes
    Et j'ouvre la page qui publie
    Alors la page dit « reformulée »
    Et la page dit « posée à davantage de personnes »
    Quand je publie
    Alors la page dit « La version 2 est publiée »

  @js @nojs
  Scénario: une vague commencée pose la nouvelle version, et ses tableaux réunissent les deux
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris un questionnaire avec un avis
    Et je publie
    Et j'ouvre une vague de cette étude
    Et je réponds à cette vague
    Et je reformule un choix et j'ajoute une question
    Et j'ouvre la page qui publie
    Alors la page dit « Ce que deviennent les vagues »
    Quand je publie et la vague pose la nouvelle version
    Alors la page dit « Vagues qui la posent désormais »
    Quand quelqu'un d'autre répond à la nouvelle version
    Alors le tableau de bord de la vague dit « Réponses aux versions 1 et 2 du questionnaire, comptées ensemble. »
    Et le tableau de bord de la vague dit « Formulée autrement dans la version 1. »
    Et le tableau de bord de la vague dit « Question nouvelle dans la version 2 »
