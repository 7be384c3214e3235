# language: fr
Fonctionnalité: Répondre à plusieurs
  La personne qui a commencé confie des pages par un lien ; rien n'est écrasé, et elle seule valide et envoie.

  Contexte:
    Soit l'enquête ouverte aux réponses

  @js @nojs
  Scénario: deux personnes préparent une réponse, une seule la valide
    Quand je commence
    Et je confie la page « profil » à « Marie »
    Et ma collègue ouvre le lien et signe « Marie D. »
    Et ma collègue ouvre la page « profil »
    Et j'ouvre la page « profil »
    Et ma collègue répond et continue :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 7            |
    Et je réponds à la page et je continue :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 3            |
    Et je réponds à la page et je continue :
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
    Et je réponds à la page et je continue :
      | rappel | false |
    Alors la relecture cite « Deux réponses différentes à une question »
    Et la relecture cite « Écrit par Marie D. »
    Quand ma collègue dit avoir terminé
    Et je garde la réponse de « Marie D. »
    Et je valide les réponses de plusieurs
    Et j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et le tableau de bord compte 1 réponse complète
    Et ma collègue lit « La réponse a été envoyée »
