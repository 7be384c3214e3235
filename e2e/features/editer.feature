# language: fr
Fonctionnalité: Construire un questionnaire sans écrire de code
  Une organisatrice refait le bloc ASV de l'enquête sur les QPV, question par question, dans l'éditeur.

  @js @nojs
  Plan du scénario: le bloc ASV, d'une étude vide au tableau de deux versions, avec <moyen> pour tout moyen
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Et je n'ai que <moyen>
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
    Et l'éditeur dit « s'excluent »
    Et l'éditeur dit « Réponses qui le montrent »
    Quand j'y mets « item:asv_verbatim|filter » à « presence_asv = 'choix_1' »
    Alors l'éditeur dit « peut être publié »
    Et l'aperçu montre « la place de l'ASV »
    Quand je monte « item:asv_verbatim »
    Alors « item:asv_verbatim » précède « item:asv_pilotage » dans le plan
    Quand j'annule
    Alors « item:asv_pilotage » précède « item:asv_verbatim » dans le plan
    Quand je répète ce que j'écris
    Alors le titre de la fenêtre commence par « Répétition »
    Et la page dit « Qui pilote l'ASV »
    Quand je supprime la répétition de ce que j'écris
    Alors la page dit « La répétition est supprimée »
    Quand je publie
    Alors la page dit « La version 1 est publiée »
    Quand j'ouvre une vague de cette étude
    Et quelqu'un répond à cette vague :
      | presence_asv | choix_1           |
      | asv_pilotage | association       |
      | asv_verbatim | Au cœur du projet |
    Et j'ouvre dans l'éditeur « item:presence_asv »
    Et j'y mets « choice:presence_asv:choix_1|label.fr » à « Oui, il y en a un »
    Et j'ouvre dans l'éditeur « page:debut »
    Et j'ajoute la question « Depuis quelle année ? », de type « quantity », nommée « asv_annee »
    Et j'y mets « item:asv_annee|filter » à « presence_asv = 'choix_1' »
    Et j'ouvre la page qui publie
    Alors la page dit « reformulée »
    Et la page dit « asv_annee »
    Et la page dit « Ce que deviennent les vagues »
    Quand je publie et la vague pose la nouvelle version
    Alors la page dit « Vagues qui la posent désormais »
    Quand quelqu'un répond à cette vague :
      | presence_asv | choix_1            |
      | asv_pilotage | collectivite_etat  |
      | asv_verbatim | À côté             |
      | asv_annee    | 2019               |
    Alors le tableau de bord de la vague dit « Réponses aux versions 1 et 2 du questionnaire, comptées ensemble. »
    Et le tableau de bord de la vague dit « Question nouvelle dans la version 2 »

    Exemples:
      | moyen      |
      | la souris  |
      | le clavier |

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
