# language: fr
Fonctionnalité: Voir les branches et y travailler, écrire le texte et voir ce qui ne va pas
  Une organisatrice voit qui est interrogé sur quoi, suit un parcours, et fait dépendre une question d'une autre sur le
  dessin ; dans le texte, elle voit à chaque ligne ce que le programme en dit.

  @js @nojs
  Scénario: la carte, par liens et formulaires
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris le questionnaire de la carte
    Et j'ouvre la carte
    Et je montre le parcours « to-pilote »
    Alors « item:pilote » est sur le parcours
    Quand je relie « item:age » à « item:libre »
    Alors la condition de « item:libre » s'ouvre
    Et la condition s'écrit « answered(age) »
    Quand j'ouvre la carte
    Alors la liste dit « Âge » sous « item:libre »
    Quand j'agrandis le dessin
    Alors le dessin est à 125

  @js
  Scénario: à la souris, en faisant glisser une question sur une autre
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris le questionnaire de la carte
    Et j'ouvre la carte
    Et je fais glisser « item:asv » sur « item:libre »
    Alors la condition de « item:libre » s'ouvre

  @js
  Scénario: la carte au clavier
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris le questionnaire de la carte
    Et j'ouvre la carte
    Et au clavier je vais dans le dessin et je presse « + »
    Alors le dessin n'est plus ajusté
    Quand au clavier je vais à la question suivante du dessin et je l'ouvre
    Alors l'éditeur montre une question

  @js
  Scénario: le texte, ce qui ne va pas, et d'où l'on sort par Tabulation
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris le questionnaire de la carte
    Et j'ouvre le texte
    Et je vais au début du texte et j'y tape « titel: Oups »
    Alors le constat dit « titel »
    Et la ligne 1 du texte est marquée
    Quand je presse Tabulation dans le texte
    Alors le texte n'a plus le focus
    Quand je suis le premier constat
    Alors le texte a le focus à la ligne 1
