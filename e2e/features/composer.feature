# language: fr
Fonctionnalité: Composer une condition ligne par ligne
  Une organisatrice dit à qui une question s'affiche, sans écrire de code, et voit combien de répondants types elle garde.

  @js @nojs
  Scénario: « Afficher si Présence d'un ASV est oui et Nombre de QPV > 0 »
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris le questionnaire à composer
    Et j'ouvre dans l'éditeur « item:avis »
    Et je compose la condition « item:avis|filter »
    Alors la page dit « Sans condition »
    Quand dans la condition j'appuie sur « line g »
    Et dans la condition je choisis « g-0.subject » : « presence »
    Et dans la condition je choisis « g-0.value » : « oui »
    Alors la condition s'écrit « presence = 'oui' »
    Quand dans la condition j'appuie sur « line g »
    Et dans la condition je choisis « g-1.subject » : « nb_qpv »
    Et dans la condition je choisis « g-1.operator » : « greater »
    Et dans la condition je tape « 0 » dans « g-1.value »
    Alors la condition s'écrit « presence = 'oui' and nb_qpv > 0 »
    Et la page dit « répondants types qui arrivent ici »
    Quand dans la condition j'ajoute un groupe sur les unités de « postes »
    Et dans la condition je choisis « g-2-0.subject » : « etp »
    Et dans la condition je tape « beaucoup » dans « g-2-0.value »
    Alors la page dit « Écrivez un nombre »
    Quand dans la condition j'appuie sur « save »
    Alors la page dit « Une ligne n'est pas terminée »
    Quand dans la condition je tape « 1 » dans « g-2-0.value »
    Alors la condition s'écrit « presence = 'oui' and nb_qpv > 0 and any(postes, etp = 1) »
    Quand dans la condition j'appuie sur « copy g-0 »
    Et dans la condition j'appuie sur « down g-1 »
    Et dans la condition j'appuie sur « remove g-2 »
    Et dans la condition j'appuie sur « save »
    Alors la page dit « C'est enregistré »
    Quand dans la condition j'appuie sur « undo »
    Alors la page dit « Sans condition »
    Quand dans la condition j'appuie sur « redo »
    Alors la condition s'écrit « presence = 'oui' and nb_qpv > 0 and any(postes, etp = 1) »

  @js
  Scénario: au clavier seul
    Soit l'enquête ouverte aux réponses
    Et une organisatrice connectée
    Quand je commence une étude vide
    Et j'y écris le questionnaire à composer
    Et j'ouvre dans l'éditeur « item:avis »
    Et au clavier je compose la condition « item:avis|filter »
    Et au clavier je valide par « line g »
    Et au clavier je choisis « Nombre de QPV » dans « g-0.subject »
    Et au clavier je choisis « est sup » dans « g-0.operator »
    Et au clavier dans la condition je tape « 3 » dans « g-0.value »
    Alors la condition s'écrit « nb_qpv > 3 »
    Quand au clavier je valide par « save »
    Alors la page dit « C'est enregistré »
