# Textes de l’interface. Français d’abord ; `en.ftl` a les mêmes clés, ce qu’un test vérifie.
# Écrire une espace ordinaire devant ; : ! ? % € et dans les « guillemets » : le programme la rend insécable.

## Cadre

site-name = Recueil
skip-link = Aller au contenu
language-label = Langue
title-error = Erreur : { $title }

## Accueil

home-title = Des enquêtes claires, des chiffres justes
home-lead = Recueil sert à mener des enquêtes en ligne : poser des questions claires, recueillir les réponses sans rien perdre, et compter juste.
home-team = Espace de l’équipe
home-open = Enquêtes ouvertes
home-none = Aucune enquête n’est ouverte pour l’instant. Si vous avez reçu un lien, suivez-le : il mène directement à l’enquête.
home-closes = Jusqu’au { $date }

## Page de départ

start-begin = Commencer
start-resume = Reprendre où j’en étais
start-resume-note = Vous avez déjà commencé à répondre sur cet appareil. Vos réponses sont gardées.
start-sent-note = Vos réponses ont été envoyées depuis cet appareil. Merci !
start-sent = Revoir l’accusé de réception
start-again = Répondre pour quelqu’un d’autre
start-code = J’ai un code : reprendre ou revoir mes réponses
start-duration = Environ { $minutes } minutes
start-closes = Ouverte jusqu’au { $date }
start-note = Vos réponses sont enregistrées à chaque étape. Vous pourrez les relire et les modifier avant de les envoyer.

## Question

progress = Étape { $step } sur { $steps }
title-step = { $title } (étape { $step } sur { $steps })
back = Retour
next = Continuer
save = Enregistrer
save-for-later = Enregistrer et reprendre plus tard
saved-at = Enregistré à { $time }
saved-now = Enregistré
save-failed = L’enregistrement n’a pas abouti. Vos réponses restent sur cette page ; « Continuer » les enverra.
optional = facultatif
or = ou
specify = Précisez
offer-dont-know = Je ne sais pas
offer-refused = Je préfère ne pas répondre
consent-yes = Oui
consent-no = Non
multiple-any = Plusieurs réponses possibles.
multiple-least = Plusieurs réponses possibles, au moins { $min }.
multiple-most = Plusieurs réponses possibles, au plus { $max }.
multiple-between = Plusieurs réponses possibles, de { $min } à { $max }.
multiple-exact = Choisissez { $n } réponses.
text-most = { $max } caractères au plus.
text-left = { $n } caractères restants
text-over = { $n } caractères de trop
date-hint = Par exemple : 27 3 2026
date-day = Jour
date-month = Mois
date-year = Année
select-none = Choisissez dans la liste
rank-hint = Donnez le rang 1 à ce que vous placez en premier.
rank-none = Sans rang
contact-note = Ces coordonnées sont gardées à part de vos réponses.
contact-name = Prénom et nom
contact-email = Adresse électronique
contact-telephone = Téléphone
roster-add = Ajouter : { $unit }
roster-remove = Retirer
roster-none = Rien n’est encore ajouté.

## Erreurs de saisie

summary-hard = { $n ->
    [one] Une réponse est à corriger
   *[other] { $n } réponses sont à corriger
}
summary-soft = { $n ->
    [one] Une réponse est à vérifier
   *[other] { $n } réponses sont à vérifier
}
summary-soft-help = Modifiez ce qui doit l’être. Si tout est exact, continuez.
error-prefix = Erreur :
warning-prefix = À vérifier :
failure-required-choice = Choisissez une réponse.
failure-required-choices = Choisissez au moins une réponse.
failure-required-number = Indiquez un nombre.
failure-required-text = Écrivez une réponse.
failure-required-date = Indiquez une date.
failure-required-other = Il manque une réponse.
failure-type-number = Écrivez un nombre avec { $decimals } décimales au plus, par exemple 1,5.
failure-type-whole = Écrivez un nombre entier, par exemple 12.
failure-type-date = Indiquez une date qui existe, par exemple 27 3 2026.
failure-type-rank = Donnez un rang différent à chaque réponse.
failure-type-other = Cette réponse ne peut pas être lue. Écrivez-la à nouveau.
failure-number-between = Indiquez un nombre entre { $min } et { $max }.
failure-number-least = Indiquez un nombre à partir de { $min }.
failure-number-most = Indiquez un nombre jusqu’à { $max }.
failure-choices-between = Choisissez de { $min } à { $max } réponses.
failure-choices-exact = Choisissez { $max } réponses.
failure-choices-least = Choisissez au moins { $min } réponses.
failure-choices-most = Choisissez au plus { $max } réponses.
failure-text-most = Raccourcissez ce texte : { $max } caractères au plus.
failure-date-between = Indiquez une date entre le { $min } et le { $max }.
failure-date-least = Indiquez une date à partir du { $min }.
failure-date-most = Indiquez une date jusqu’au { $max }.
failure-range-other = Cette réponse sort des limites prévues.
failure-unknown-code = Choisissez une des réponses proposées.
failure-exclusive = Une de ces réponses exclut les autres. Gardez-la seule ou retirez-la.
failure-choice-filter = Une réponse choisie n’est plus proposée. Choisissez-en une autre.
failure-other = Cette réponse est à revoir.

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

## Relecture

review-title = Relisez vos réponses
review-lead = Rien n’est encore envoyé. Modifiez ce qui doit l’être, puis envoyez vos réponses.
review-lead-correction = Vous corrigez une réponse déjà envoyée. Elle reste comptée telle quelle jusqu’à l’envoi de la correction.
review-change = Modifier
review-answer = Répondre
review-none = Sans réponse
review-dont-know = Ne sait pas
review-refused = Préfère ne pas répondre
review-submit = Envoyer mes réponses
review-submit-note = Tant que l’enquête est ouverte, vous pourrez encore corriger vos réponses après l’envoi. Vous pourrez les retirer à tout moment.
review-submit-note-correction = La correction remplacera votre réponse précédente.
review-page-other = Autres questions

## Accusé de réception

receipt-title = Merci, vos réponses sont enregistrées
receipt-code = Votre code
receipt-code-note = Notez-le ou imprimez cette page : avec ce code, vous retrouverez cette page sur un autre appareil. Il ne permet pas de savoir qui vous êtes.
receipt-answers = Vos réponses
receipt-home = Revenir à l’accueil
receipt-counted = Votre réponse est enregistrée et comptée dans les résultats.
receipt-set-aside = Votre réponse est enregistrée. L’équipe de l’enquête ne la compte pas dans les résultats.

## Code, reprise, droits

code-address = Adresse où le donner
code-secret = Qui a ce code peut lire et modifier vos réponses : gardez-le pour vous.
keep-title = Vos réponses sont enregistrées
keep-lead = Pour les reprendre plus tard, ici ou sur un autre appareil, notez ce code et cette adresse.
keep-lead-here = Pour les reprendre plus tard, revenez à cette enquête sur cet appareil.
keep-invitation = Sur l’autre appareil, ouvrez aussi le lien de votre invitation : il y sera demandé pour envoyer vos réponses.
keep-go-on = Continuer à répondre
resume-title = Reprendre vos réponses
resume-lead = Donnez le code que vous avez noté. Vous retrouverez vos réponses où vous en étiez.
resume-hint = 16 lettres et chiffres. Les majuscules, les espaces et les tirets ne comptent pas.
resume-unknown = Aucune réponse à cette enquête n’a ce code. Vérifiez-le.
resume-go = Reprendre
resume-none = Je n’ai pas de code
correction-title = Une correction est en cours
correction-note = Votre réponse reste telle qu’elle a été envoyée, jusqu’à l’envoi de la correction.
correction-go-on = Continuer la correction
correction-drop = Abandonner la correction
rights-title = Vos réponses vous appartiennent
rights-correct-note = Tant que l’enquête est ouverte, vous pouvez corriger vos réponses. Les précédentes restent comptées jusqu’à l’envoi.
rights-correct = Corriger mes réponses
rights-export-note = Voici tout ce qui est enregistré de votre réponse :
rights-export-html = Mes réponses, à lire et à imprimer (HTML)
rights-export-json = Mes réponses, pour un autre logiciel (JSON)
rights-withdraw-note = Vous pouvez retirer votre réponse : elle sera effacée et ne comptera plus.
rights-withdraw = Retirer ma réponse
withdraw-title = Retirer votre réponse ?
withdraw-lead = Elle sera effacée, et les résultats seront recalculés sans elle. Cela ne peut pas être annulé.
withdraw-contacts = Des coordonnées données à part, sans lien avec vos réponses, restent enregistrées : rien ne permet de les retrouver d’ici.
withdraw-code = Votre code ne servira plus.
withdraw-again = Vous pourrez ensuite répondre à nouveau.
withdraw-final = Vous ne pourrez pas répondre à nouveau d’ici.
withdraw-go = Retirer ma réponse
withdraw-keep = La garder
withdrawn-title = Votre réponse est retirée
withdrawn-lead = Elle est effacée et ne compte plus dans les résultats. Il n’en reste que le nombre de réponses retirées.
withdrawn-again = Répondre à nouveau
export-contacts = Coordonnées enregistrées avec vos réponses

## Pages d’erreur

problem-not-found-title = Cette page n’existe pas
problem-not-found = L’adresse est peut-être incomplète. Vérifiez-la, ou repartez de l’accueil.
problem-closed-title = Cette enquête est terminée
problem-closed = Elle n’accepte plus de réponses. Merci de votre intérêt.
problem-not-open-title = Cette enquête n’est pas encore ouverte
problem-not-open = Revenez un peu plus tard : ce lien restera le bon.
problem-no-response-title = Vos réponses ne sont pas sur cet appareil
problem-no-response = Cette page suit des réponses commencées ici, et il n’y en a pas, ou elles ont déjà été envoyées. Repartez du début de l’enquête.
problem-no-response-go = Aller au début de l’enquête
problem-already-sent-title = Vos réponses ont déjà été envoyées
problem-already-sent = Elles sont bien enregistrées. L’accusé de réception permet de les relire, de les corriger ou de les retirer.
problem-already-sent-go = Voir l’accusé de réception
problem-conflict-title = Cette page a été envoyée deux fois
problem-conflict = Nous avons gardé le premier envoi, et le second était différent. Rouvrez la page pour voir ce qui est enregistré.
problem-conflict-go = Rouvrir la page
problem-link-gone-title = Ce lien ne fonctionne plus
problem-link-gone = Il a déjà servi, il a été révoqué, ou il est trop ancien. Demandez-en un autre à la personne qui vous l’a transmis.
problem-not-allowed-title = Votre rôle ne permet pas cela
problem-not-allowed = Demandez à la personne propriétaire de l’étude de changer votre rôle.
problem-too-many-title = Trop d’essais
problem-too-many = Attendez quelques minutes avant de recommencer.
problem-too-many-tries-title = Trop de codes ou de liens ont été essayés
problem-too-many-tries = Attendez un quart d’heure, puis réessayez. Rien n’est perdu de ce qui est enregistré.
problem-too-large-title = Il y a trop de texte sur cette page
problem-too-large = Rien n’a été enregistré de ce dernier envoi. Revenez en arrière et raccourcissez vos réponses.
problem-bad-request-title = Ce formulaire n’a pas pu être lu
problem-bad-request = Revenez en arrière et envoyez-le à nouveau. Ce qui était déjà enregistré l’est toujours.
problem-forbidden-title = Cet envoi vient d’un autre site
problem-forbidden = Par prudence, il a été refusé. Ouvrez l’enquête et répondez depuis ses pages.
problem-unavailable-title = Le service est momentanément indisponible
problem-unavailable = Ce qui était enregistré l’est toujours. Attendez quelques instants, puis réessayez.
problem-internal-title = Une erreur est survenue de notre côté
problem-internal = Ce qui était enregistré l’est toujours. Réessayez dans quelques instants.
problem-reference = Si cela se reproduit, donnez cette référence à l’équipe de l’enquête : { $reference }
problem-home = Aller à l’accueil
