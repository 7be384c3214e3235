# language: fr
Fonctionnalité: Construire un questionnaire sans écrire de code
  Une organisatrice refait le bloc ASV de l'enquête sur les QPV, question par question, dans l'éditeur.

  @js @nojs
  Scénario: le bloc ASV, d'une étude vide à sa publication
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'ouvre dans l'éditeur « page:debut »
    Et j'ajoute la question « Votre territoire a-t-il un ASV ? », de type « single », nommée « presence_asv »
    Et j'y mets « choice:presence_asv:choix_1|label.fr » à « Oui »
    Et j'y mets « choice:presence_asv:choix_2|label.fr » à « Non »
    Et j'ouvre dans l'éditeur « page:debut »
    Et j'ajoute la question « Qui pilote l'ASV ? », de type « single », nommée « asv_pilotage »
    Et j'y mets « item:asv_pilotage|filter » à « presence_asv = 'choix_1' »
    Et j'ajoute le choix « Une association », codé « association »
    Et j'ajoute le choix « La collectivité et l'État », codé « collectivite_etat »
    Et je retire « choice:asv_pilotage:choix_1 »
    Et je retire « choice:asv_pilotage:choix_2 »
    Et j'ouvre dans l'éditeur « page:debut »
    Et j'ajoute la question « Comment décririez-vous la place de l'ASV ? », de type « text », nommée « asv_verbatim »
    Et j'y mets « item:asv_verbatim|filter » à « presence_asv = 'choix_1' and presence_asv = 'choix_2' »
    Alors l'éditeur dit « ne peut pas encore être publié »
    Et l'éditeur dit « asv_verbatim »
    Quand j'y mets « item:asv_verbatim|filter » à « presence_asv = 'choix_1' »
    Alors l'éditeur dit « peut être publié »
    Et l'aperçu montre « la place de l'ASV »
    Quand je monte « item:asv_verbatim »
    Alors « item:asv_verbatim » précède « item:asv_pilotage » dans le plan
    Quand j'annule
    Alors « item:asv_pilotage » précède « item:asv_verbatim » dans le plan
    Quand je publie
    Alors la page dit « La version 1 est publiée »

  @js
  Scénario: au clavier seul
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'ouvre dans l'éditeur « page:debut »
    Et au clavier je vais à « new-label » et j'écris « Présence d'un ASV »
    Et au clavier je valide par « add-item page:debut »
    Alors l'éditeur montre « item:presence_d_un_asv »
    Quand au clavier je vais à « new-choice » et j'écris « Ne sait pas »
    Et au clavier je valide par « add-choice item:presence_d_un_asv »
    Alors l'aperçu montre « Ne sait pas »
    Quand au clavier je vais à « new-label » et j'écris « Qui pilote ? »
    Et au clavier je valide par « add-item item:presence_d_un_asv »
    Alors l'éditeur montre « item:qui_pilote »
    Quand je monte « item:qui_pilote » avec Alt et la flèche
    Alors « item:qui_pilote » précède « item:presence_d_un_asv » dans le plan
