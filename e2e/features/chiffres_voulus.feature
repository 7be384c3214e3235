# language: fr
Fonctionnalité: Dire quels chiffres on veut, et voir ce qui leur manque
  Une organisatrice dit les chiffres qu'elle publiera. La page nomme ceux que personne ne peut nourrir, et les questions
  qui ne servent à aucun.

  @js @nojs
  Scénario: d'un plan vide à un plan complet
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et je lève la contradiction
    Et j'ouvre les chiffres voulus
    Alors la page dit « Aucun chiffre n'est encore voulu »
    Quand je veux le chiffre de « age »
    Alors la page dit « 1 question qu'aucun chiffre n'utilise »
    Quand j'ajoute le chiffre de « metier », intitulé « Les métiers »
    Alors la page dit « Chaque question sert à un chiffre »
    Et la page dit « Les métiers »
    Quand je monte le chiffre « figure:les_metiers »
    Alors « figure:les_metiers » est le premier chiffre voulu
    Quand j'annule au plan
    Alors « figure:age » est le premier chiffre voulu
    Quand j'y écris un chiffre que rien ne nourrit
    Et j'ouvre les chiffres voulus
    Alors la page dit « 1 chiffre que rien ne peut nourrir »
    Et la page dit « Personne ne peut se voir poser cette question »
