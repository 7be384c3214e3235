# language: fr
Fonctionnalité: Une répétition se voit et se supprime
  L'équipe essaie le questionnaire et ses tableaux avec des réponses fictives. Personne ne les prend pour les vraies,
  et elles disparaissent en une fois.

  Contexte:
    Soit l'enquête ouverte aux réponses
    Et une répétition de 130 réponses fictives

  @js @nojs
  Scénario: le bandeau prévient, le bouton supprime
    Quand j'ouvre le tableau de bord
    Alors il compte 0 réponse complète
    Et il annonce « 130 réponses fictives »
    Quand j'ouvre la répétition
    Alors le bandeau « Répétition : réponses fictives, à ne pas diffuser » reste visible jusqu'au bas de la page
    Et le titre de la fenêtre commence par « Répétition »
    Quand j'ouvre le tableau de bord
    Et je supprime la répétition
    Alors le tableau de bord dit que la répétition est supprimée
    Et il compte 0 réponse complète

  @js
  Scénario: une fenêtre ouverte sur la répétition apprend sa suppression
    Quand j'ouvre le tableau de bord
    Et j'ouvre la répétition dans une seconde fenêtre
    Et je supprime la répétition
    Alors la seconde fenêtre dit que la répétition a été supprimée
