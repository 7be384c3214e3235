
# Répéter ce qu’on écrit ; `rehearse.en.ftl` a les mêmes clés.

rehearse-title = Répétition
rehearse-now = Répéter
rehearse-again = Répéter de nouveau
rehearse-none-title = Pas encore de répétition
rehearse-none = Répéter, c’est faire répondre des personnes inventées au questionnaire tel qu’il est enregistré, publié ou non, puis regarder ses tableaux. Rien n’est publié et aucune vraie réponse n’est touchée.
rehearse-there = Répétition en place
rehearse-of-save = Enregistrement { $save }, répété le { $day } à { $time }.
rehearse-of-published = Version publiée, répétée le { $day } à { $time }.
rehearse-count = { $n ->
    [one] { $count } réponse fictive.
   *[other] { $count } réponses fictives.
}
rehearse-saved-since = Le questionnaire a été enregistré depuis : répétez de nouveau pour voir ce qu’il est devenu.
rehearse-see = Voir les résultats fictifs
rehearse-remove = Supprimer la répétition
rehearse-who = Qui répond
rehearse-who-cover = Les personnes qui couvrent tous les parcours
rehearse-hint-cover = Peu nombreuses : ensemble, elles passent par chaque condition et chaque choix possible.
rehearse-who-drawn = Des personnes tirées au hasard
rehearse-hint-drawn = Des réponses plausibles, pour voir des tableaux remplis.
rehearse-n = Combien
rehearse-n-hint = De 1 à { $most }.
rehearse-replaces = Elle remplacera la répétition en place.
rehearse-promise = Les réponses d’une répétition ne sont jamais comptées, mêlées ni exportées avec les vraies.
rehearse-cannot = Pas encore répétable
rehearse-done-removed = La répétition est supprimée, avec toutes ses réponses fictives.
rehearse-about = Ces réponses ont été inventées pour essayer le questionnaire que vous écrivez. Elles ne sont comptées nulle part ailleurs.
rehearse-back = Revenir au questionnaire

team-error-rehearsal_size = Indiquez un nombre de personnes, de 1 à 1 000.
team-error-nobody_to_rehearse = Personne ne peut aller au bout de ce questionnaire : il n’y a personne à inventer. Sa vérification dit pourquoi.
team-did-rehearsal-begin = Répétition du questionnaire
audit-key-save = enregistrement
