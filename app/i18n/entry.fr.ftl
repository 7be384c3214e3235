
# Saisie de réponses ; `entry.en.ftl` a les mêmes clés.

entry-title = Saisie
entry-file-title = Importer des réponses
entry-file = Fichier CSV, Excel (.xlsx) ou NDJSON
entry-file-hint = Une ligne par réponse et une colonne par question, comme dans un export. Avec une colonne « meta.id » qui nomme chaque réponse, importer deux fois le même fichier n’ajoute rien. Au plus 33 Mo et 200 000 lignes.
entry-columns = { $n ->
    [one] La colonne que le questionnaire connaît
   *[other] Les { $count } colonnes que le questionnaire connaît
}
entry-columns-hint = La première ligne du fichier, à copier. Toutes ne sont pas nécessaires ; l’ordre est libre. Une question à plusieurs réponses a une colonne par choix, où l’on met 1 ou 0 ; $dont_know et $refused disent « ne sait pas » et « préfère ne pas répondre ».
entry-header = Première ligne d’un fichier
entry-check = Vérifier
entry-import = Importer sans vérifier
entry-checked = Ce qui arriverait
entry-would = { $n ->
    [0] Aucune réponse ne serait ajoutée.
    [one] { $count } réponse serait ajoutée. Rien n’est encore fait.
   *[other] { $count } réponses seraient ajoutées. Rien n’est encore fait.
}
entry-imported = { $n ->
    [0] Aucune réponse n’a été ajoutée.
    [one] { $count } réponse ajoutée.
   *[other] { $count } réponses ajoutées.
}
entry-import-n = { $n ->
    [one] Importer { $count } réponse
   *[other] Importer { $count } réponses
}
entry-choose-again = Le fichier est grand : choisissez-le de nouveau pour l’importer.
entry-would-become = Ce que deviendraient les réponses du fichier
entry-became = Ce que sont devenues les réponses du fichier
entry-what = Devenir
entry-how-many = Nombre
entry-n-added = Ajoutées
entry-n-unchanged = Déjà là, inchangées
entry-n-conflict = En conflit : même identifiant, autre contenu
entry-n-refused = Refusées
entry-n-broken = Lignes illisibles
entry-n-dropped = Réponses à une question hors du parcours, laissées de côté
entry-lost-columns = { $n ->
    [one] Une colonne n’est pas lue
   *[other] { $count } colonnes ne sont pas lues
}
entry-no-name = (sans nom)
entry-more = Et { $count } de plus.
entry-remarks = Ce qui n’est pas repris
entry-response = Réponse
entry-colon = {"\u202F: "}
entry-reason = Motif
entry-line = Ligne { $line }

entry-remark-required = une réponse est attendue
entry-remark-type = la valeur n’est pas du type attendu
entry-remark-unknown_item = le questionnaire n’a pas de telle question
entry-remark-unknown_code = ce code n’est pas dans la liste des choix
entry-remark-range = la valeur est hors des bornes
entry-remark-exclusive = un choix exclusif est combiné à un autre
entry-remark-choice_filter = ce choix n’était pas proposé
entry-remark-check = un contrôle du questionnaire n’est pas respecté
entry-remark-conflict = une réponse de même identifiant est déjà là, avec un autre contenu ; rien n’est changé
entry-remark-rehearsal = cette feuille vient d’une répétition et n’est pas comptée avec les vraies réponses
entry-remark-off_path = réponse hors du parcours, laissée de côté
entry-remark-IX0001 = cette ligne n’est pas une feuille de réponses
entry-remark-IX0002 = le questionnaire n’a pas de telle colonne, ou elle est donnée deux fois ; elle n’est pas lue
entry-remark-IX0003 = cette ligne n’a pas les cellules que l’en-tête annonce ; elle n’est pas lue

entry-fault-encoding = le fichier n’est pas en UTF-8 ; l’enregistrer en « CSV UTF-8 », ou en .xlsx
entry-fault-no_known_column = aucune colonne n’est du questionnaire ; la première ligne doit nommer les questions comme dans un export
entry-fault-too_large = fichier trop grand : trop de lignes, de colonnes ou de texte, ou des cellules à l’écart du tableau ; le découper
team-error-unreadable_answers = Ce fichier ne peut pas être lu. Rien n’a été importé.
audit-key-sheets = réponses du fichier

# Un questionnaire saisi pour quelqu’un
entry-for-others = Vous saisissez ce que quelqu’un d’autre a répondu.
entry-back = Revenir à la saisie
entry-one = Saisir un questionnaire
entry-one-hint = Pour des réponses reçues sur papier, par téléphone ou de vive voix. Les pages et les contrôles sont ceux des répondant·es ; la vague peut être fermée.
entry-one-begin = Saisir un questionnaire
entry-one-another = Saisir un autre questionnaire
entry-one-under-way = Une saisie est en cours dans ce navigateur.
entry-one-go-on = La reprendre
entry-one-code = Son code, pour la reprendre plus tard ou sur un autre appareil : { $code }
entry-one-resume = Reprendre une saisie par son code
entry-one-last = Voir, corriger ou retirer la dernière réponse saisie
field-done-entered = La réponse saisie est enregistrée.
field-done-taken-out = La réponse saisie est retirée.
