# Ce qui est gardé d’une vague, et jusqu’à quand ; `retention.en.ftl` a les mêmes clés.

retention-title = Conservation
retention-ended = La vague s’est terminée le { $day }.
retention-ends = La vague se terminera le { $day }.
retention-no-end = La vague n’a pas de date de fermeture : sa fin sera le jour où vous la fermerez.
retention-contacts = Coordonnées, et adresses des personnes invitées
retention-contacts-hint = Les personnes invitées restent comptées, sans leur adresse ni ce que le fichier disait d’elles.
retention-drafts = Brouillons
retention-drafts-hint = { $n ->
    [one] Vide : un jour, comme pour toute vague.
   *[other] Vide : { $n } jours, comme pour toute vague.
}
retention-answers = Réponses
retention-answers-hint = Les résultats en direct tombent à zéro avec elles : exportez d’abord ce qui doit rester.
retention-after-end = jours après la fin de la vague
retention-after-save = jours après leur dernier enregistrement
retention-kept = Aucune durée : gardées tant que la vague existe.
retention-on = Effacées le { $day }.
retention-over = Durée passée depuis le { $day } : ce qui arrive encore est effacé dans l’heure.
retention-unknown = Effacées à une date qui sera connue quand la vague aura une fin.
retention-drafts-daily = { $n ->
    [one] Chaque jour sont effacés ceux que personne n’a repris depuis plus d’un jour.
   *[other] Chaque jour sont effacés ceux que personne n’a repris depuis plus de { $n } jours.
}
retention-at-once = Avec ces durées, seraient effacés dans l’heure qui vient, sans retour possible :
retention-confirm = Oui, les effacer définitivement
retention-n-contacts = { $n ->
    [one] une coordonnée ou adresse
   *[other] { $count } coordonnées et adresses
}
retention-n-drafts = { $n ->
    [one] un brouillon
   *[other] { $count } brouillons
}
retention-n-answers = { $n ->
    [one] une réponse
   *[other] { $count } réponses
}
retention-gone = Ce qui a été effacé
retention-nothing-gone = Rien n’a encore été effacé : aucune durée n’est arrivée à son terme.
retention-audit = Le journal de l’étude dit qui a réglé ces durées, et quand

field-done-retention = Les durées sont enregistrées.
team-did-wave-erased = Effacé à la fin de sa durée
team-error-bad_days = Une durée est un nombre entier de jours, de 0 à 36 500, ou rien.
team-error-erases_now = Ces durées effacent dès maintenant : confirmez-le.
