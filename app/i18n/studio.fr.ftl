# Textes du tableau de bord ; `studio.en.ftl` a les mêmes clés.

dashboard-title = Résultats en direct
dashboard-open = Enquête ouverte
dashboard-closed = Enquête fermée
dashboard-respond = Voir le questionnaire
dashboard-nav = Questions
dashboard-empty-title = Pas encore de réponse
dashboard-empty = Dès qu’une personne envoie ses réponses, elles sont comptées ici. Avec JavaScript, cette page se met à jour d’elle-même ; sans, rechargez-la.
dashboard-nobody = Personne n’a encore répondu à cette question.
dashboard-table = Tableau des chiffres

counter-finished = Réponses envoyées
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
announce-one = Une réponse envoyée
announce-several = { $n } réponses envoyées
