# language: fr
Fonctionnalité: Une enquête sur invitation, du premier courriel aux réponses retenues
  Chaque personne invitée répond une fois, seule ou avec une collègue ; l'équipe relance celles qui n'ont pas répondu,
  écarte avec un motif, et sait à tout moment combien de réponses comptent sur combien de personnes invitées.

  @js @nojs
  Scénario: vingt-cinq invitées, vingt et une réponses retenues
    Soit l'enquête sur invitation auprès de 25 personnes
    Quand 16 personnes invitées répondent
    Et 3 personnes invitées envoient une réponse presque vide

    # À deux, par un lien, avec une seule signature.
    Quand une autre personne invitée ouvre son lien
    Et je commence
    Et je confie la page « profil » à « Marie »
    Et ma collègue ouvre le lien et signe « Marie D. »
    Et ma collègue ouvre la page « profil »
    Et ma collègue répond et continue :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 7            |
    Et ma collègue dit avoir terminé
    Et j'ouvre la page « profil »
    Et je continue
    Et je réponds à la page et je continue :
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
    Et je réponds à la page et je continue :
      | rappel | false |
    Alors la relecture cite « Écrit par Marie D. »
    Quand je valide les réponses de plusieurs
    Et j'envoie mes réponses
    Alors je reçois un accusé de réception

    # Commencée ici, terminée sur un autre appareil.
    Quand une autre personne invitée ouvre son lien
    Et je commence
    Et je réponds à la page et je continue :
      | structure    | association |
      | fonction     | elu         |
      | presence_cls | non         |
      | presence_cdv | non         |
      | presence_asv | non         |
      | nb_qpv       | 2           |
    Et j'enregistre pour reprendre plus tard
    Et je reprends sur un autre appareil avec mon code
    Et j'y ouvre aussi mon lien
    Et j'ouvre la page « coordination »
    Et je réponds à la page et je continue :
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
    Et je réponds à la page et je continue :
      | rappel | false |
    Et j'envoie mes réponses
    Alors je reçois un accusé de réception

    # Retirée, puis donnée à nouveau.
    Quand une autre personne invitée ouvre son lien
    Et je réponds page après page :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 0            |
      | coordination | insuffisante |
      | leviers      | financements |
      | freins       | turnover     |
      | rappel       | false        |
    Et j'envoie mes réponses
    Et je retire ma réponse
    Et je réponds page après page :
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

    Quand j'envoie une relance
    Alors 3 personnes reçoivent la relance, celles qui n'ont pas répondu
    Alors le tableau de bord dit « 22 réponses comptées sur 25 personnes invitées »
    Quand 2 personnes invitées répondent
    Alors le tableau de bord resté ouvert dit « 24 réponses comptées sur 25 personnes invitées »
    Quand j'écarte les 3 réponses presque vides pour « incomplète »
    Alors le tableau de bord resté ouvert dit « 21 réponses comptées sur 25 personnes invitées »
    Et le tableau de bord dit « 21 réponses sur 24 reçues · 3 écartées »
    Et le tableau de bord dit « 1 réponse retirée »
    Et l'export contient 21 réponses
