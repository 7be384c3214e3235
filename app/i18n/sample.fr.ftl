
# Invitations, messages et liste de rappel ; `sample.en.ftl` a les mêmes clés.

sample-title = Invitations
sample-open-wave = Toute personne qui a l’adresse de la vague peut répondre. Pour la réserver aux personnes invitées, changez l’accès dans les réglages.
sample-n-people = personnes
sample-n-complete = ont répondu
sample-rate = taux de réponse
sample-dispositions = Où en sont les personnes invitées
sample-disposition = Situation
sample-people = Personnes
sample-is-complete = ont répondu
sample-is-partial = ont commencé
sample-is-opened = ont ouvert le lien
sample-is-silent = sans nouvelle
sample-is-opted_out = refusent les messages
sample-is-bounced = adresse inexistante

sample-send = Envoyer
sample-no-server = Aucun serveur d’envoi n’est configuré : les messages resteraient en attente. Relancez le serveur avec --smtp-url.
sample-closed = La vague ne prend pas de réponses : les liens n’ouvriraient rien. Ouvrez-la dans les réglages.
sample-edit-text = Modifier le texte
sample-nobody-invitation = Personne n’attend d’invitation.
sample-nobody-reminder = Personne n’est à relancer : toutes les personnes invitées ont répondu, refusent les messages, ou un message est déjà en attente.
sample-nobody-other = Personne à qui écrire.
sample-send-invitation = { $n ->
    [one] Inviter { $count } personne
   *[other] Inviter { $count } personnes
}
sample-send-reminder = { $n ->
    [one] Relancer { $count } personne qui n’a pas répondu
   *[other] Relancer { $count } personnes qui n’ont pas répondu
}
sample-send-other = { $n ->
    [one] Écrire à { $count } personne, qu’elle ait répondu ou non
   *[other] Écrire à { $count } personnes, qu’elles aient répondu ou non
}
sample-send-now = Envoyer maintenant ({ $count })
sample-mail-in = En { $language }
sample-mails = Messages
sample-message = Message
sample-queued = en attente
sample-sent = envoyés
sample-failed = abandonnés
sample-bounced = adresse inexistante
sample-kind-invitation = Invitation
sample-kind-reminder = Relance
sample-kind-other = Autre message
field-done-sent = Les messages sont en file d’envoi.
team-error-recipients_changed = Entre-temps, le nombre de personnes à qui écrire a changé. Vérifiez puis envoyez de nouveau.
team-error-unsound_sample = Rien n’a été importé. Corrigez le fichier, puis importez-le de nouveau.
team-error-unsound_template = Ce texte ne peut pas être envoyé tel quel.
team-error-no_file = Choisissez un fichier.

sample-first = Importer les personnes à inviter
sample-more = Ajouter des personnes
sample-file = Fichier CSV ou Excel (.xlsx)
sample-file-hint = Une ligne par personne, avec une colonne « email » ; « langue » et « territoire » sont reconnues. Les autres colonnes sont gardées. Une adresse déjà connue n’est pas ajoutée deux fois.
sample-frame-columns = Le questionnaire utilise aussi : { $columns }.
sample-least = Taille minimale d’un groupe
sample-least-hint = La vague est anonyme : ce que le fichier dit d’une personne n’entre dans sa réponse que si au moins autant de personnes ont les mêmes valeurs.
sample-check = Vérifier
sample-import = Importer sans vérifier
sample-checked = Le fichier est lisible
sample-would = { $n ->
    [0] Il n’ajouterait personne.
    [one] Il ajouterait { $count } personne.
   *[other] Il ajouterait { $count } personnes.
}
sample-imported = { $n ->
    [0] Personne n’a été ajouté.
    [one] { $count } personne ajoutée.
   *[other] { $count } personnes ajoutées.
}
sample-known = Déjà connues, inchangées : { $count } (lignes { $lines }).
sample-blanked = Rien ne sera repris dans la réponse pour { $count } d’entre elles, trop peu se ressemblant (lignes { $lines }).
sample-import-n = { $n ->
    [one] Importer { $count } personne
   *[other] Importer { $count } personnes
}
sample-choose-again = Le fichier est grand : choisissez-le de nouveau pour l’importer.
sample-columns = Colonnes du fichier
sample-column = Colonne
sample-taken-for = Prise pour
sample-example = Première personne
sample-column-email = adresse
sample-column-language = langue des messages
sample-column-territory = territoire
sample-column-variable = gardée avec la personne
sample-column-frame = question { $items } du questionnaire
sample-faults = Ce qui ne va pas
sample-place = Où
sample-at-line = Ligne { $line }
sample-at-cell = Ligne { $line }, colonne « { $column } »
sample-fault = Ce qui ne va pas
sample-more-faults = Et { $count } autres.
sample-meant = Vouliez-vous dire « { $code } » ?
sample-allowed = Au choix : { $codes }.

sample-fault-encoding = n’est pas en UTF-8
sample-fault-empty = personne dans ce fichier
sample-fault-no_email_column = aucune colonne « email » ou « courriel »
sample-fault-unnamed_column = colonne sans nom
sample-fault-column_twice = colonne en double
sample-fault-cell_count = pas autant de cases que de colonnes
sample-fault-email = adresse non valide
sample-fault-email_twice = même adresse que la ligne { $first }
sample-fault-language = langue que le questionnaire n’a pas
sample-fault-cell_length = case trop longue
sample-fault-too_large = fichier trop grand : 100 000 personnes et 100 colonnes au plus, sans rien à l’écart du tableau
sample-fault-no_frame_column = il manque cette colonne, que le questionnaire utilise
sample-fault-frame_value = n’est pas une valeur que le questionnaire connaît
sample-fault-few_alike = la vague est anonyme et ces personnes sont trop peu à se ressembler : les importer avec d’autres
sample-fault-workbook_encrypted = classeur protégé par un mot de passe ; l’enregistrer sans mot de passe
sample-fault-workbook_old = ancien classeur (.xls) ; l’enregistrer au format .xlsx ou .csv
sample-fault-workbook_damaged = classeur abîmé ou d’un autre format ; l’ouvrir et l’enregistrer de nouveau en .xlsx
sample-fault-workbook_dtd = classeur qui déclare des entités XML, ce qu’aucun tableur ne fait ; l’ouvrir et l’enregistrer de nouveau en .xlsx
sample-fault-workbook_empty = classeur sans feuille visible ; mettre le tableau dans la première feuille
sample-fault-error_cell = la case montre une erreur ou une formule qui n’a pas été calculée ; y mettre la valeur

mail-title = Messages
mail-kinds = Sortes de messages
mail-fills-hint = Textes variables : {"{title}"} le titre, {"{link}"} le lien personnel, {"{closes_on}"} le jour de fermeture, {"{opt_out}"} le lien de désinscription. Une ligne dont le texte variable est vide est laissée de côté. Pour une accolade, en écrire deux.
mail-subject = Objet
mail-body = Texte
mail-show = Aperçu
mail-drop = Revenir au texte d’origine
mail-is-own = texte de la vague
mail-is-built-in = texte d’origine
mail-is-draft = pas encore enregistré
field-done-kept = Le texte est enregistré.
field-done-dropped = Le texte d’origine est rétabli.
mail-fault-unknown_fill = { $fill } n’est pas un texte variable
mail-fault-lone_brace = accolade seule ; en écrire deux
mail-fault-fill_missing = il manque { $fill }
mail-fault-link_in_subject = pas de lien dans l’objet
mail-fault-not_one_line = l’objet tient sur une ligne, et n’est pas vide
mail-fault-too_long = trop long

contacts-title = À rappeler
contacts-hint = Les personnes qui ont accepté d’être recontactées, dans un ordre tiré au hasard, sans leurs réponses. Ne les utilisez que pour ce qu’elles ont accepté.
contacts-none = Personne n’a encore accepté d’être recontacté.
contacts-file = Télécharger la liste (CSV)
contacts-telephone = Téléphone
contacts-language = Langue
contacts-agreed = A accepté
team-did-contacts-export = Liste de rappel téléchargée
audit-key-blanked = sans reprise
audit-key-hash = empreinte
audit-key-kind = sorte
audit-key-least_group = groupe minimal
audit-key-mails = messages
audit-key-own = texte de la vague
audit-key-people = personnes
