# language: fr
Fonctionnalité: Tout le monde peut répondre et lire
  Au clavier, avec un lecteur d'écran, sur un petit téléphone, de jour comme de nuit.

  Contexte:
    Soit l'enquête ouverte aux réponses

  @js
  Scénario: chaque page du site est accessible
    Alors aucune page du site n'a de défaut d'accessibilité, claire ou sombre, en 320 et en 1280 pixels

  @js @nojs
  Scénario: répondre au clavier seul
    Quand je réponds au clavier, page après page :
      | structure       | collectivite  |
      | fonction        | coordo_cls    |
      | presence_cls    | oui           |
      | presence_cdv    | non           |
      | presence_asv    | non           |
      | nb_qpv          | 2             |
      | cls_etat        | en_activite   |
      | cls_echelle     | communal      |
      | cls_population  | moins_20k     |
      | cls_etp         | moins_05      |
      | cls_budget      | moins_10k     |
      | cls_partenaires | ars, cpam     |
      | actions_qpv     | non           |
      | coordination    | satisfaisante |
      | leviers         | financements  |
      | freins          | turnover      |
      | rappel          | false         |
    Et j'envoie mes réponses au clavier
    Alors je reçois un accusé de réception

  @js @nojs
  Scénario: répondre en 320 pixels de large
    Soit une fenêtre de 320 pixels de large
    Quand je réponds page après page :
      | structure    | association  |
      | fonction     | elu          |
      | presence_cls | non          |
      | presence_cdv | non          |
      | presence_asv | non          |
      | nb_qpv       | 0            |
      | coordination | moyenne      |
      | leviers      | financements |
      | freins       | turnover     |
    Alors aucune page n'a débordé de la fenêtre
    Quand j'envoie mes réponses
    Alors je reçois un accusé de réception
    Et aucune page n'a débordé de la fenêtre
