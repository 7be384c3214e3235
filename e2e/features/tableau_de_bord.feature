# language: fr
Fonctionnalité: Le tableau de bord suit les réponses en direct
  L'équipe voit chaque réponse arriver dans les tableaux, avec la base juste, sans recharger la page.

  Contexte:
    Soit l'enquête ouverte aux réponses

  @js
  Scénario: une réponse arrive dans une fenêtre déjà ouverte
    Soit le tableau de bord ouvert dans une seconde fenêtre
    Quand quelqu'un envoie une réponse
    Alors la seconde fenêtre montre la révision suivante sans avoir été rechargée
    Et elle compte 1 réponse complète
    Quand quelqu'un envoie une réponse
    Alors la seconde fenêtre montre la révision suivante sans avoir été rechargée
    Et elle compte 2 réponses complètes

  @nojs
  Scénario: sans JavaScript, les chiffres sont dans la page
    Quand quelqu'un envoie une réponse
    Et j'ouvre le tableau de bord
    Alors il compte 1 réponse complète
