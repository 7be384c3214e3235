# Textes du tableau de bord ; `studio.en.ftl` a les mêmes clés.

dashboard-title = Résultats en direct
dashboard-open = Enquête ouverte
dashboard-closed = Enquête fermée
dashboard-respond = Voir le questionnaire
dashboard-nav = Questions
dashboard-former = Questions des versions précédentes
dashboard-empty-title = Pas encore de réponse
dashboard-empty = Dès qu’une personne envoie ses réponses, elles sont comptées ici. Avec JavaScript, cette page se met à jour d’elle-même ; sans, rechargez-la.
dashboard-nobody = Personne n’a encore répondu à cette question.
dashboard-table = Tableau des chiffres

rehearsal-band = Répétition : réponses fictives, à ne pas diffuser
rehearsal-title = Répétition : résultats fictifs
rehearsal-heading = Répétition
rehearsal-about = Ces réponses ont été inventées pour essayer le questionnaire et ses tableaux. Elles ne sont jamais comptées avec celles de l’enquête. L’équipe peut les supprimer depuis le tableau de bord de l’enquête.
rehearsal-count = { $n ->
    [one] { $count } réponse fictive, jamais comptée avec celles de l’enquête.
   *[other] { $count } réponses fictives, jamais comptées avec celles de l’enquête.
}
rehearsal-see = Voir la répétition
rehearsal-remove = Supprimer la répétition
rehearsal-removed = La répétition est supprimée, avec toutes ses réponses fictives.
rehearsal-empty-title = Répétition sans réponse
rehearsal-empty = Les réponses fictives que vous importez avec « recueil import … --rehearsal » sont comptées ici.

counter-finished = Réponses envoyées
counter-rehearsed = Réponses fictives
counter-started = Questionnaires commencés
counter-share = Menés à terme

stops-title = Où l’on s’arrête
stops-base = Questionnaires commencés et pas encore envoyés : { $n }, selon la dernière page affichée
stops-share = % des commencés

chain-responses = Réponses
chain-units = Unités
chain-not-asked = hors filtre
chain-eligible = Concernées
chain-not-reached = arrêt avant
chain-asked = Interrogées
chain-dont-know = ne sait pas
chain-refused = refus
chain-no-answer = sans réponse
chain-answered = Exprimées

texts-none = Pas encore de réponse libre.
texts-one = Une réponse libre
texts-several = { $n } réponses libres, par ordre alphabétique
texts-beside = Précisions à « { $label } »
texts-more = Afficher les autres ({ $n })

dates-range = Du { $first } au { $last }
dates-single = Le { $first }

live-waiting = Connexion…
live-on = En direct, à jour à { $time }
live-lost = Connexion interrompue, nouvel essai en cours. Les chiffres affichés sont les derniers reçus.
live-ended = La mise à jour est arrêtée. Rechargez la page pour voir les derniers chiffres.
live-removed = Cette répétition a été supprimée : les chiffres affichés ne sont plus conservés.
announce-one = Une réponse envoyée
announce-several = { $n } réponses envoyées
announce-rehearsed-one = Une réponse fictive
announce-rehearsed-several = { $n } réponses fictives

## Réponses écartées, réponses retirées

admission-invited = { $n ->
    [one] { $counted } réponse comptée sur { $invited } personnes invitées
   *[other] { $counted } réponses comptées sur { $invited } personnes invitées
}
admission-aside = { $n ->
    [one] { $counted } réponses sur { $received } reçues · { $aside } écartée
   *[other] { $counted } réponses sur { $received } reçues · { $aside } écartées
}
admission-reasons = Motifs
admission-withdrawn = { $n ->
    [one] { $count } réponse retirée par la personne qui l’avait donnée
   *[other] { $count } réponses retirées par les personnes qui les avaient données
}

## Croiser et filtrer

cut-title = Croiser, filtrer
cut-by = Croiser par
cut-by-nothing = Aucune question
cut-how-units = { $title } (unité par unité)
cut-how-any = { $title } (au moins une unité)
cut-how-bounds = { $title } (tranches : { $bounds })
cut-how-first = { $title } (premier choix)
cut-how-quarters = { $title } (par tranches)
cut-how-sum = { $title } (somme des unités, par tranches)
cut-where = Seulement les réponses où
cut-where-example = presence_asv = 'oui'
cut-compose = Composer la condition
cut-unit = Compter
cut-unit-all = Tout, chacun dans son unité
cut-unit-respondent = Les personnes qui répondent
cut-level = Intervalles de confiance à 95 %, et ce qui diffère entre les colonnes
cut-percent = Pourcentages
cut-percent-column = En colonne : des unités interrogées de chaque colonne
cut-percent-row = En ligne : de celles qui ont donné la réponse
cut-percent-total = Du total : de toutes celles interrogées
cut-apply = Afficher
cut-clear = Tout afficher
cut-kept = Réponses comptées : { $kept } sur { $all }
cut-only = seulement si
cut-left-out = { $n ->
    [one] Les réponses à la version { $versions }, qui ne pose pas cette question ou la pose autrement, n’y sont pas.
   *[other] Les réponses aux versions { $versions }, qui ne posent pas cette question ou la posent autrement, n’y sont pas.
}
cut-not-applied = Les résultats ci-dessous sont ceux de tout le monde.

filter-title = Composer un filtre
filter-back = Résultats
filter-apply = Afficher les résultats
filter-leave = Revenir sans changer
filter-no-sentence = La phrase se lit ici dès que la condition n’a plus d’erreur.
filter-kept = Réponses gardées : { $kept } sur { $all }

cut-sets = Combinaisons de
cut-sets-hint = Une condition par ligne, huit au plus : on compte qui remplit exactement lesquelles.
combinations-title = Combinaisons
combinations-universe = répondant·es
combine-answers = Voir les combinaisons de ces réponses
combine-questions = Voir les combinaisons : { $titles }

## Une figure en grand

figure-svg = Dessin (SVG)
figure-csv = Chiffres (CSV)
wall-show = Projeter
wall-nav = Figures
wall-previous = Précédente
wall-next = Suivante
wall-place = { $nth } sur { $of }
wall-leave = Quitter la projection

## Arrivées

arrivals-by-day = Réponses reçues par jour
arrivals-by-week = Réponses reçues par semaine
arrivals-base = { $n } réponses reçues, jusqu’au { $last }
arrivals-day = Jour
arrivals-week = Semaine du
arrivals-track = Reçues
