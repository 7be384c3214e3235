# La carte des branches et l’éditeur du texte ; `map.en.ftl` a les mêmes clés.

map-title = Carte
map-drawing = Carte des branches
map-hint = Une question ouvre son formulaire ; une condition, sa modification.
map-hint-drag = Faites glisser une question sur une autre pour que la seconde en dépende.
map-none-title = Pas encore de carte
map-none = La carte se dessine dès que le questionnaire n’a plus d’erreur.
map-to-editor = Aller à l’éditeur
map-way = Montrer un parcours
map-way-none = Aucun en particulier
map-people = Répondant·es types
map-person = { $n } — { $asked ->
    [one] 1 question posée
   *[other] { $asked } questions posées
  }
map-ways-to = Pour arriver à
map-show = Montrer
map-size = Taille du dessin
map-smaller = Réduire
map-larger = Agrandir
map-fit = Ajuster à la page
map-sign-smaller = −
map-sign-larger = +
map-sign-fit = Ajuster
map-never = Personne ne peut arriver à :
map-is-never = jamais posée
map-is-on = sur le parcours
map-is-off = hors parcours
map-if = si
map-reads = Dépend de :
map-list = La même carte en liste
map-edit-condition = Modifier la condition :
map-join = Relier deux éléments
map-join-hint = Le second ne sera montré qu’à certaines réponses à la première : la condition commence par la première réponse possible, et s’ouvre pour la préciser. « Annuler », dans l’éditeur, la retire.
map-join-from = Relier la question
map-join-to = à
map-join-now = Relier
team-error-map_itself = Un élément ne peut pas dépendre de lui-même.
team-error-map_not_there = Cette réponse ne peut pas être lue à cet endroit.

code-keys = Tabulation quitte le texte ; Ctrl + Espace propose ce qui peut s’écrire ; F8 va au constat suivant.
code-completions = Propositions
code-diagnostics = Constats
code-no-diagnostics = Aucun constat
code-selection-deleted = Sélection supprimée
code-control = Caractère de contrôle
code-find = Chercher
code-replacement = Remplacer par
code-next = suivant
code-previous = précédent
code-all = tous
code-case = respecter la casse
code-word = mot entier
code-regexp = expression régulière
code-replace = remplacer
code-replace-all = remplacer tout
code-close = fermer
code-match = occurrence
code-on-line = à la ligne
code-replaced = $ occurrences remplacées
