# language: fr
Fonctionnalité: Répondre à l'enquête sur la place des QPV dans les CLS
  Chaque coordonnateur·rice ne voit que les questions qui concernent les démarches présentes sur son
  territoire, dans l'ordre de l'enquête, avec ou sans JavaScript.

  Contexte:
    Soit l'enquête ouverte aux réponses

  @js @nojs
  Scénario: un territoire qui n'a qu'un CLS
    Quand je réponds page après page :
      | structure       | collectivite               |
      | fonction        | coordo_cls                 |
      | presence_cls    | oui                        |
      | presence_cdv    | non                        |
      | presence_asv    | en_cours                   |
      | nb_qpv          | 3                          |
      | cls_etat        | en_activite                |
      | cls_echelle     | intercommunal              |
      | cls_population  | de_50k_a_100k              |
      | cls_etp         | de_05_a_1                  |
      | cls_budget      | moins_10k                  |
      | cls_partenaires | ars, cpts                  |
      | actions_qpv     | regulierement              |
      | actions_types   | ateliers                   |
      | coordination    | moyenne                    |
      | leviers         | financements               |
      | freins          | turnover                   |
      | rappel          | false                      |
    Alors on m'a demandé exactement, dans cet ordre :
      | structure       |
      | fonction        |
      | presence_cls    |
      | presence_cdv    |
      | presence_asv    |
      | nb_qpv          |
      | cls_etat        |
      | cls_echelle     |
      | cls_population  |
      | cls_etp         |
      | cls_budget      |
      | cls_partenaires |
      | actions_qpv     |
      | actions_types   |
      | coordination    |
      | leviers         |
      | freins          |
      | suites          |
      | rappel          |
    Et la relecture montre 18 réponses et 1 question sans réponse
    Quand j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et le tableau de bord compte 1 réponse complète

  @js @nojs
  Scénario: un territoire qui a un CLS, un ASV et des QPV
    Quand je réponds page après page :
      | structure             | autre                                     |
      | structure.autre       | Groupement hospitalier                    |
      | fonction              | les_deux                                  |
      | presence_cls          | oui                                       |
      | presence_cdv          | nsp                                       |
      | presence_asv          | oui                                       |
      | nb_qpv                | 7                                         |
      | cls_etat              | en_renouvellement                         |
      | cls_echelle           | communal                                  |
      | cls_population        | plus_100k                                 |
      | cls_etp               | plus_2                                    |
      | cls_budget.$missing   | dont_know                                 |
      | cls_partenaires       | ars, hopital, autre                       |
      | cls_partenaires.autre | Maison sport santé                        |
      | asv_pilotage          | association                               |
      | asv_poste             | poste_asv_cls                             |
      | asv_nb_postes         | plusieurs                                 |
      | asv_verbatim          | Tout repose sur « les liens » & l'énergie |
      | articulation          | informelle                                |
      | thematiques_communes  | oui                                       |
      | thematiques           | sante_mentale, acces_soins                |
      | actions_qpv           | ponctuellement                            |
      | actions_types         | mediation, partenaires                    |
      | instances_asv         | les_deux                                  |
      | articulation_verbatim | Des réunions communes                     |
      | coordination          | satisfaisante                             |
      | leviers               | volonte_politique, objectifs_partages     |
      | freins                | moyens_humains                            |
      | suites                | Un échange annuel                         |
      | rappel                | true                                      |
      | contact.name          | Camille Martin                            |
      | contact.email         | camille.martin@example.org                |
    Alors on m'a demandé exactement, dans cet ordre :
      | structure             |
      | fonction              |
      | presence_cls          |
      | presence_cdv          |
      | presence_asv          |
      | nb_qpv                |
      | cls_etat              |
      | cls_echelle           |
      | cls_population        |
      | cls_etp               |
      | cls_budget            |
      | cls_partenaires       |
      | asv_pilotage          |
      | asv_poste             |
      | asv_nb_postes         |
      | asv_verbatim          |
      | articulation          |
      | thematiques_communes  |
      | thematiques           |
      | actions_qpv           |
      | actions_types         |
      | instances_asv         |
      | articulation_verbatim |
      | coordination          |
      | leviers               |
      | freins                |
      | suites                |
      | rappel                |
      | contact               |
    Et la relecture cite « Tout repose sur « les liens » & l'énergie »
    Et la relecture cite « Maison sport santé »
    Quand j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et le tableau de bord compte 1 réponse complète

  @js @nojs
  Scénario: un territoire sans aucune démarche
    Quand je réponds page après page :
      | structure    | association  |
      | fonction     | elu          |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 0            |
      | coordination | nsp          |
      | leviers      | financements |
      | freins       | autre        |
      | freins.autre | L'éloignement |
    Alors on m'a demandé exactement, dans cet ordre :
      | structure    |
      | fonction     |
      | presence_cls |
      | presence_cdv |
      | presence_asv |
      | nb_qpv       |
      | coordination |
      | leviers      |
      | freins       |
      | suites       |
      | rappel       |
    Quand j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et le tableau de bord compte 1 réponse complète

  @js @nojs
  Scénario: revenir en arrière et changer d'avis
    Quand je réponds page après page jusqu'à « contrat_de_ville » :
      | structure       | collectivite  |
      | fonction        | coordo_cls    |
      | presence_cls    | oui           |
      | presence_cdv    | oui           |
      | presence_asv    | non           |
      | nb_qpv          | 3             |
      | cls_etat        | en_activite   |
      | cls_echelle     | intercommunal |
      | cls_population  | de_50k_a_100k |
      | cls_etp         | de_05_a_1     |
      | cls_budget      | moins_10k     |
      | cls_partenaires | ars           |
    Et je recharge la page
    Alors je suis sur la page « contrat_de_ville »
    Quand je reviens à la page « profil » avec le bouton du navigateur
    Alors « presence_cls » garde la réponse « oui »
    Quand je réponds « non » à « presence_cls »
    Et je réponds « non » à « presence_cdv »
    Et je continue
    Alors je suis sur la page « coordination »

  @js @nojs
  Scénario: une réponse qui manque est signalée là où elle manque
    Quand je commence
    Et je réponds « oui » à « presence_cls »
    Et je continue
    Alors je suis sur la page « profil »
    Et le résumé des erreurs cite « structure », « fonction », « presence_cdv », « presence_asv » et « nb_qpv »
    Et « presence_cls » garde la réponse « oui »
    Quand je suis le premier lien du résumé
    Alors le curseur est dans « structure »

  @js
  Scénario: avec JavaScript, le résumé ne cite que ce qui reste à corriger
    Quand je commence
    Et je réponds « oui » à « presence_cls »
    Et je réponds « non » à « presence_cdv »
    Et je réponds « non » à « presence_asv »
    Et je continue
    Alors le résumé des erreurs cite « structure », « fonction » et « nb_qpv »
    Quand je réponds « association » à « structure »
    Alors le résumé des erreurs cite « fonction » et « nb_qpv »
    Quand je réponds « elu » à « fonction »
    Alors le résumé des erreurs cite « nb_qpv »
    Quand je réponds « 2 » à « nb_qpv »
    Alors le résumé des erreurs a disparu
    Quand je continue
    Alors je suis sur la page « cls »

  @nojs
  Scénario: sans JavaScript, une question qui devient utile arrive avant la page suivante
    Quand je réponds page après page jusqu'à « articulation » :
      | structure       | collectivite  |
      | fonction        | coordo_cls    |
      | presence_cls    | oui           |
      | presence_cdv    | non           |
      | presence_asv    | oui           |
      | nb_qpv          | 3             |
      | cls_etat        | en_activite   |
      | cls_echelle     | intercommunal |
      | cls_population  | de_50k_a_100k |
      | cls_etp         | de_05_a_1     |
      | cls_budget      | moins_10k     |
      | cls_partenaires | ars           |
      | asv_pilotage    | association   |
      | asv_poste       | oui           |
      | asv_nb_postes   | plusieurs     |
    Alors « thematiques » n'est pas visible
    Quand je réponds « formalisee » à « articulation »
    Et je réponds « oui » à « thematiques_communes »
    Alors « thematiques » n'est pas visible
    Quand je continue
    Alors je suis sur la page « articulation »
    Et « thematiques » est visible

  @js
  Scénario: avec JavaScript, elle apparaît et disparaît aussitôt
    Quand je réponds page après page jusqu'à « articulation » :
      | structure       | collectivite  |
      | fonction        | coordo_cls    |
      | presence_cls    | oui           |
      | presence_cdv    | non           |
      | presence_asv    | oui           |
      | nb_qpv          | 3             |
      | cls_etat        | en_activite   |
      | cls_echelle     | intercommunal |
      | cls_population  | de_50k_a_100k |
      | cls_etp         | de_05_a_1     |
      | cls_budget      | moins_10k     |
      | cls_partenaires | ars           |
      | asv_pilotage    | association   |
      | asv_poste       | oui           |
      | asv_nb_postes   | plusieurs     |
    Alors « thematiques » n'est pas visible
    Quand je réponds « oui » à « thematiques_communes »
    Alors « thematiques » devient visible
    Quand je réponds « non » à « thematiques_communes »
    Alors « thematiques » disparaît

  @js
  Scénario: ce qui est saisi est gardé sans rien envoyer
    Quand je commence
    Et je réponds « collectivite » à « structure »
    Et je réponds « oui » à « presence_cls »
    Alors la page dit que mes réponses sont enregistrées
    Quand je recharge la page
    Alors « structure » garde la réponse « collectivite »
    Et « presence_cls » garde la réponse « oui »
