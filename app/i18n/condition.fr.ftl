# La page où l’on compose une condition ; `condition.en.ftl` a les mêmes clés.

condition-title = Composer une condition
condition-compose = Composer
condition-compose-of = Composer la condition : { $what }
condition-of-block = Partie
condition-of-page = Page
condition-of-item = Question
condition-of-choice = Choix
condition-of-row = Ligne
condition-of-check = Vérification
condition-of-fill = Texte variable
condition-part-of = { $name } (dans « { $of } »)
condition-case-of = { $name }, cas { $nth }

condition-if-filter = Afficher si
condition-if-offer = Proposer si
condition-if-require = La réponse est acceptée si
condition-if-case = Employer ce texte si
condition-if-only = Compter seulement si
condition-nothing-filter = Sans condition : c’est affiché à tout le monde.
condition-nothing-offer = Sans condition : ce choix est proposé à tout le monde.
condition-nothing-require = Il n’y a pas encore de condition. Ajoutez une ligne.
condition-nothing-case = Il n’y a pas encore de condition. Ajoutez une ligne.
condition-nothing-only = Sans condition : toutes les réponses sont comptées.

condition-line = Ligne { $nth }
condition-group = Groupe { $nth }
condition-a-group = Groupe
condition-subject = Ligne { $nth } : ce dont elle parle
condition-operator = Ligne { $nth } : ce qu’elle en dit
condition-value = Ligne { $nth } : valeur
condition-choose-subject = Choisir une question…
condition-choose = Choisir…
condition-later = { $name } (demandé plus loin)
condition-unknown = { $value } (n’existe pas)
condition-as-typed = Écrit comme texte
condition-find = Ligne { $nth } : chercher un choix
condition-find-short = Chercher
condition-find-do = Chercher
condition-find-all = { $n ->
    [one] { $count } choix
   *[other] { $count } choix ; cherchez pour en voir d’autres
  }
condition-find-found = { $n ->
    [0] aucun choix ne correspond
    [one] { $count } choix correspond
   *[other] { $count } choix correspondent
  }

condition-name-row = { $title } – { $part }
condition-name-attribute = { $title } : { $part }
condition-name-count = Nombre de choix : { $title }
condition-name-count-row = Nombre de choix : { $title } – { $part }
condition-name-units = Nombre d’unités : { $title }
condition-name-key = Unité : { $title }
condition-name-unit = { $title } : { $part }
condition-name-sum = Somme : { $title } ({ $roster })
condition-name-least = Minimum : { $title } ({ $roster })
condition-name-greatest = Maximum : { $title } ({ $roster })

condition-join = Comment les lignes vont ensemble
condition-join-of = Comment les lignes du groupe { $nth } vont ensemble
condition-join-all = toutes ces lignes sont vraies
condition-join-any = au moins une de ces lignes est vraie
condition-join-none = aucune de ces lignes n’est vraie
condition-join-at-least = au moins tant de ces lignes sont vraies :
condition-n = Combien de lignes
condition-and = et
condition-or = ou
condition-nor = ni
condition-comma = +
condition-how = Pour combien d’unités
condition-how-some = Pour au moins une unité
condition-how-every = Pour chaque unité
condition-how-count = Pour ce nombre d’unités :
condition-of-units = de « { $roster } » :
condition-new-units = Liste d’unités

condition-group-value = Sa valeur
condition-group-today = Aujourd’hui
condition-group-other = Une autre réponse
condition-group-answer = Réponse donnée ou non
condition-says-bool-holds = est oui
condition-says-bool-holds-not = est non
condition-says-number-is = est égal à
condition-says-number-is-not = est différent de
condition-says-number-less = est inférieur à
condition-says-number-less-or-equal = est inférieur ou égal à
condition-says-number-greater = est supérieur à
condition-says-number-greater-or-equal = est supérieur ou égal à
condition-says-date-is = est le
condition-says-date-is-not = n’est pas le
condition-says-date-less = est avant le
condition-says-date-less-or-equal = est au plus tard le
condition-says-date-greater = est après le
condition-says-date-greater-or-equal = est au plus tôt le
condition-says-today-is = est aujourd’hui
condition-says-today-is-not = n’est pas aujourd’hui
condition-says-today-less = est avant aujourd’hui
condition-says-today-less-or-equal = est au plus tard aujourd’hui
condition-says-today-greater = est après aujourd’hui
condition-says-today-greater-or-equal = est au plus tôt aujourd’hui
condition-says-text-is = est
condition-says-text-is-not = n’est pas
condition-says-code-is = est
condition-says-code-is-not = n’est pas
condition-says-code-among = est l’un de
condition-says-code-not-among = n’est aucun de
condition-says-codes-has = contient
condition-says-codes-has-not = ne contient pas
condition-says-other-is = est égal à la réponse
condition-says-other-is-not = est différent de la réponse
condition-says-other-less = est inférieur à la réponse
condition-says-other-less-or-equal = est inférieur ou égal à la réponse
condition-says-other-greater = est supérieur à la réponse
condition-says-other-greater-or-equal = est supérieur ou égal à la réponse
condition-says-count-is = exactement
condition-says-count-is-not = pas exactement
condition-says-count-less = moins de
condition-says-count-less-or-equal = au plus
condition-says-count-greater = plus de
condition-says-count-greater-or-equal = au moins
condition-says-any-answered = a une réponse
condition-says-any-not-answered = n’a pas de réponse
condition-says-any-reason = est sans réponse, car
condition-says-any-not-reason = n’est pas sans réponse, car
condition-says-any-reason-among = est sans réponse, pour l’une de ces raisons
condition-says-any-reason-not-among = n’est sans réponse pour aucune de ces raisons
condition-reason-no_answer = rien n’est répondu
condition-reason-dont_know = la personne ne sait pas
condition-reason-refused = la personne ne souhaite pas répondre
condition-reason-not_asked = la question n’est pas posée
condition-reason-not_reached = la personne s’est arrêtée avant

condition-add-line = Ajouter une ligne
condition-add-group = Ajouter un groupe
condition-add-units = Ajouter un groupe sur ses unités
condition-add-text = Ajouter un texte
condition-add-more = Autres ajouts
condition-add-in = { $what } (groupe { $nth })
condition-do-up = Monter { $nth }
condition-do-down = Descendre { $nth }
condition-do-copy = Dupliquer { $nth }
condition-do-remove = Retirer { $nth }
condition-sign-copy = ❐

condition-todo-subject = Choisissez de quoi parle cette ligne.
condition-todo-operator = Choisissez ce qu’elle en dit.
condition-todo-value = Donnez une valeur.
condition-todo-number = Écrivez un nombre.
condition-todo-whole = Écrivez un nombre entier.
condition-todo-date = Donnez une date.
condition-todo-text = Écrivez une condition, ou retirez cette ligne.
condition-todo-lines = Ajoutez une ligne à ce groupe, ou retirez-le.
condition-todo-gone = Cela ne peut pas être lu ici. Choisissez autre chose.
condition-todo-waits = Cela dépend de cette condition même. Choisissez autre chose.
condition-todo-depth = Il y a trop de groupes les uns dans les autres.

condition-text = La même condition, en texte
condition-text-hint = Les lignes suivent ce texte, et lui les lignes.
condition-take-text = Reprendre ce texte
condition-keep-lines = Garder les lignes
condition-save-back = Enregistrer et revenir
condition-save-anyway = Enregistrer malgré l’erreur
condition-update = Actualiser
condition-leave = Revenir sans enregistrer
condition-unsaved = Ce n’est pas encore enregistré.

condition-in-words = En toutes lettres
condition-no-sentence = La phrase se lit ici dès que le questionnaire n’a plus d’erreur.
condition-who = Qui cela concerne
condition-universe = Arrive ici :
condition-no-cohort = Qui est concerné se compte dès que le questionnaire n’a plus d’erreur.
condition-kept-filter = Affiché à { $kept } des { $reach } répondants types qui arrivent ici
condition-kept-offer = Proposé à { $kept } des { $reach } répondants types qui ont cette question
condition-kept-require = Acceptée pour { $kept } des { $reach } répondants types qui ont cette question
condition-kept-case = Employé pour { $kept } des { $reach } répondants types
condition-kept-units = Par unité : { $kept } sur { $reach }.
condition-reach = Répondants types : { $n }. Ensemble, ils passent partout où l’on peut passer. { $reach } arrivent ici.
condition-before = { $n ->
    [0] Rien n’est demandé avant
    [one] { $count } question est posée avant
   *[other] { $count } questions sont posées avant
  }
condition-nothing-found = Rien à signaler.
condition-n-others = { $n ->
    [one] { $count } autre remarque sur le questionnaire
   *[other] { $count } autres remarques sur le questionnaire
  }

team-error-condition_unfinished = Une ligne n’est pas terminée. Terminez-la ou retirez-la.
team-error-filter_wrong = Ce filtre ne se comprend pas : corrigez ce qui est signalé.
team-error-condition_wrong = Cette condition ne peut pas être lue. Corrigez-la, ou enregistrez-la malgré l’erreur.
team-error-condition_both = Le texte et les lignes ont changé et ne disent plus la même chose. Choisissez l’un ou l’autre.
team-error-condition_broken = Ce qui est enregistré n’est plus un questionnaire : corrigez-le comme texte, puis enregistrez ici de nouveau.
team-error-condition_needed = Il faut une condition ici.
