# language: fr
Fonctionnalité: Saisir ce que d'autres ont répondu sur papier
  Une correspondante ne voit aucune réponse ; elle saisit celles qu'elle a reçues, sur les mêmes pages que les
  répondant·es, que la vague soit ouverte ou non.

  @js @nojs
  Scénario: un questionnaire papier, la vague étant fermée
    Soit l'enquête ouverte aux réponses
    Et une correspondante qui a ouvert son compte
    Et la vague est fermée
    Quand je saisis un questionnaire
    Alors la page dit « Vous saisissez ce que quelqu'un d'autre a répondu »
    Quand je réponds à la page et je continue :
      | structure    | collectivite |
      | fonction     | coordo_cls   |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 0            |
    Et je réponds à la page et je continue :
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
    Et je réponds à la page et je continue :
      | rappel | false |
    Et j'envoie mes réponses
    Alors la page dit « La réponse saisie est enregistrée »
    Et le tableau de bord compte 1 réponse complète
    Quand je saisis un questionnaire
    Et j'enregistre pour reprendre plus tard
    Et je reviens à la saisie
    Et je me déconnecte
    Et j'ouvre la page « profil »
    Alors la page dit « Vos réponses ne sont pas sur cet appareil »
