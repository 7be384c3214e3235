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

  @js @nojs
  Scénario: une correspondante importe des réponses, une fois
    Soit une correspondante qui a ouvert son compte
    Quand elle fait vérifier le fichier des réponses d'exemple
    Alors la page de saisie dit « 130 réponses seraient ajoutées »
    Et le tableau de bord compte 0 réponse complète
    Quand elle fait vérifier le fichier des réponses d'exemple
    Et elle importe ce qui est vérifié
    Alors la page de saisie dit « 130 réponses ajoutées »
    Et le tableau de bord compte 130 réponses complètes
    Quand elle importe encore le même fichier
    Alors la page de saisie dit « Aucune réponse n’a été ajoutée »
    Et le tableau de bord compte 130 réponses complètes

  @js @nojs
  Scénario: les résultats se croisent et se filtrent, et l'adresse garde la vue
    Soit les réponses d'exemple importées
    Quand j'ouvre le tableau de bord
    Et je croise par « presence_asv »
    Alors la page dit « (52), Non »
    Et l'adresse dit « by=presence_asv »
    Quand je compose le filtre
    Et dans la condition j'appuie sur « line g »
    Et dans la condition je choisis « g-0.subject » : « presence_cls »
    Et dans la condition je choisis « g-0.value » : « oui »
    Alors la condition s'écrit « presence_cls = 'oui' »
    Quand j'affiche les résultats filtrés
    Alors la page compte 124 réponses sur 130
    Et l'adresse dit « by=presence_asv&where=presence_cls%20%3D%20%27oui%27 »

  @js
  Scénario: une vue filtrée bouge en direct
    Soit le tableau de bord filtré par « nb_qpv = 0 » dans une seconde fenêtre
    Quand quelqu'un envoie une réponse
    Alors la seconde fenêtre montre la révision suivante sans avoir été rechargée
    Et la seconde fenêtre compte 1 réponses sur 1

  @js
  Scénario: une figure est projetée, et les flèches mènent à la suivante
    Soit les réponses d'exemple importées
    Quand j'ouvre le tableau de bord
    Et je projette « presence_cls »
    Alors la page dit « 3 sur 32 »
    Quand j'appuie sur la flèche droite
    Alors la page dit « 4 sur 32 »
    Quand j'appuie sur Échap
    Alors l'adresse dit « #t-presence_cdv »
