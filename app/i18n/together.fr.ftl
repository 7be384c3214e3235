# Plusieurs personnes préparent une réponse ; `together.en.ftl` a les mêmes clés.

together-title = Répondre à plusieurs
together-lead = Confiez des pages, ou toute la réponse, à des collègues : chacun·e reçoit un lien, sans compte ni mot de passe. Vous seul·e relisez et envoyez.
together-people = À qui vous avez confié des pages
together-nobody = À personne pour l’instant.
together-who = { $label } (signe « { $name } »)
together-state-offered = Le lien n’a pas encore été ouvert.
together-state-joined = Répond en ce moment.
together-state-finished = A terminé.
together-state-withdrawn = Lien retiré. Ce qui a été écrit reste dans la réponse.
together-whole = Toute la réponse
together-progress = { $given } sur { $asked }
together-not-asked = ne vous concerne pas pour l’instant
together-take-back = Retirer le lien
together-hand-over = Confier des pages
together-label = À qui ?
together-label-hint = Un nom ou une fonction, pour vous y retrouver : « Marie, budget ».
together-pages = Quelles pages ?
together-pages-hint = Aucune case cochée : toute la réponse.
together-holder = Votre nom
together-holder-hint = Vos collègues le liront à côté de vos réponses. Facultatif.
together-holder-unnamed = la personne qui a commencé la réponse
together-you = vous
together-name-missing = Indiquez un nom ou une fonction.
together-make = Créer le lien
together-new = Le lien pour { $name }
together-new-once = Copiez ce lien maintenant et transmettez-le : il ne sera plus affiché. Qui l’a peut répondre à ces pages jusqu’à ce que vous le retiriez ou envoyiez la réponse.
together-full = Vous avez créé vingt liens : c’est le maximum pour une réponse.
together-go-on = Revenir à mes réponses
together-privacy = Les noms servent pendant que la réponse se prépare. Ils sont effacés quand vous l’envoyez et ne figurent ni dans les résultats ni dans les fichiers de données.

handed-title = Répondre pour un·e collègue
handed-lead = Une partie d’une réponse à l’enquête « { $study } » vous est confiée par { $who }.
handed-note = Il n’y a ni compte ni mot de passe. Vous ne verrez que les pages qui vous sont confiées.
handed-open = Ouvrir

part-title = Les pages qui vous sont confiées
part-lead = Vous répondez avec { $who }, qui relira l’ensemble et l’enverra.
part-name = Votre nom ou votre fonction
part-name-hint = Les personnes qui préparent cette réponse le liront à côté de ce que vous écrivez. Il est effacé quand la réponse est envoyée.
part-join = Commencer
part-hello = Vous signez « { $name } ». Ce que vous écrivez est enregistré à chaque étape ; vous pouvez revenir par le même lien.
part-finish-note = Quand vos pages sont prêtes, dites-le : la personne qui envoie la réponse le verra.
part-finish = J’ai terminé
part-finished = Merci ! Vous avez dit avoir terminé. L’envoi revient à { $who }.
part-reopen = Je n’ai pas terminé

disagreements = { $n ->
    [one] Deux réponses différentes à une question
   *[other] Des réponses différentes à { $n } questions
}
disagreements-help = Plusieurs personnes ont répondu en même temps. Rien n’est perdu : choisissez la réponse à garder.
disagreement-keep = Garder celle de { $who }
disagreement-keep-mine = Garder la mienne
disagreement-page = Voir la question

review-together = Répondre à plusieurs : confier des pages
review-author = Écrit par { $who }
review-unfinished = N’ont pas dit avoir terminé : { $who }.
review-sign = J’ai relu et je valide les réponses, y compris celles de : { $who }
review-unsigned = Cochez cette case pour valider les réponses écrites à plusieurs.

problem-part-gone-title = Ce lien ne mène à rien
problem-part-gone = Il est incomplet, ou la personne qui vous l’a donné l’a retiré. Demandez-lui un nouveau lien.
problem-part-sent-title = La réponse a été envoyée
problem-part-sent = La personne qui vous avait confié des pages a envoyé la réponse. Merci d’y avoir contribué ! Il n’y a plus rien à faire.
