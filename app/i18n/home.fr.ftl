
# L’accueil de l’équipe ; `home.en.ftl` a les mêmes clés.

home-n-studies = { $n ->
    [one] étude
   *[other] études
}
home-n-open = { $n ->
    [one] vague ouverte
   *[other] vagues ouvertes
}
home-n-responses = { $n ->
    [one] réponse
   *[other] réponses
}
home-unpublished = Questionnaire pas encore publié.
home-no-wave = Questionnaire publié, sans vague pour le moment.
home-day-opens = ouvre le { $day }
home-day-closes = jusqu’au { $day }
home-day-closed = le { $day }
home-live = À jour en direct.
home-lost = Connexion perdue : nouvel essai en cours.
home-ended = Ces chiffres ne se mettent plus à jour : rechargez la page.
