# language: fr
Fonctionnalité: Mes réponses m'appartiennent
  Avec un code que je suis seul·e à connaître, je reprends ailleurs, je vérifie, je corrige, je retire.

  Contexte:
    Soit l'enquête ouverte aux réponses

  @js @nojs
  Scénario: reprendre sur un autre appareil
    Quand je commence
    Et je réponds « collectivite » à « structure »
    Et je réponds « 7 » à « nb_qpv »
    Et j'enregistre pour reprendre plus tard
    Et je reprends sur un autre appareil avec mon code
    Alors je suis sur la page « profil »
    Et « nb_qpv » garde la réponse « 7 »

  @js @nojs
  Scénario: corriger, puis retirer et répondre à nouveau
    Quand je réponds page après page :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 0            |
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
      | rappel       | false        |
    Et j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et l'accusé de réception dit « enregistrée et comptée »
    Et le tableau de bord compte 1 réponse complète
    Quand je corrige mes réponses
    Et j'ouvre la page « coordination »
    Et je réponds « satisfaisante » à « coordination »
    Et je continue
    Alors le tableau de bord compte 1 réponse complète
    Et l'accusé de réception dit « Une correction est en cours »
    Quand je retire ma réponse
    Alors la page dit « Votre réponse est retirée »
    Et le tableau de bord compte 0 réponse complète
    Quand je réponds page après page :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 0            |
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
      | rappel       | false        |
    Et j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et le tableau de bord compte 1 réponse complète
