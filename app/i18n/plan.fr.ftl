
# Les chiffres voulus d’un questionnaire ; `plan.en.ftl` a les mêmes clés.

plan-title = Chiffres voulus
plan-about = Les chiffres que l’enquête doit donner : une question, et au besoin celle dont les réponses la répartissent en colonnes. Ils font partie du questionnaire ; rien n’en est montré aux répondant·es.
plan-unknown = Le questionnaire a des erreurs : ce qui manque se dira quand elles seront corrigées.
plan-wanted = Chiffres voulus
plan-none = Aucun chiffre n’est encore voulu
plan-none-about = Dites lesquels vous publierez. Cette page dira alors ceux que personne ne pourra nourrir, de qui chacun parlera, et les questions qui ne servent à aucun.
plan-all-fed = Chaque chiffre voulu peut être nourri.
plan-n-gaps = { $n ->
    [one] { $count } chiffre que rien ne peut nourrir.
   *[other] { $count } chiffres que rien ne peut nourrir.
}
plan-n-unused = { $n ->
    [one] { $count } question qu’aucun chiffre n’utilise.
   *[other] { $count } questions qu’aucun chiffre n’utilise.
}
plan-gap = rien ne le nourrit
plan-gap-unknown_item = Cette question n’est pas, ou n’est plus, dans le questionnaire.
plan-gap-no_table = Ce n’est pas une question dont les réponses se comptent : un texte, des coordonnées ou un tableau répété n’en ont pas.
plan-gap-unknown_breakdown = La question qui devait répartir n’est pas, ou n’est plus, dans le questionnaire.
plan-gap-no_columns = La question qui devait répartir n’a pas de choix qui feraient des colonnes.
plan-gap-other_units = La question qui devait répartir compte d’autres unités : elle est posée dans un tableau répété.
plan-gap-itself = Une question ne se répartit pas selon elle-même.
plan-gap-twice = Ce chiffre est déjà voulu plus haut.
plan-gap-never_asked = Personne ne peut se voir poser cette question.
plan-gap-never_answered = Personne ne peut y donner de réponse qui compte : sa base est toujours vide.
plan-gap-breakdown_never_asked = Personne ne peut se voir poser la question qui devait répartir.
plan-gap-never_together = Personne ne peut se voir poser les deux questions.
plan-gap-always_empty = Toutes ses colonnes restent vides, quoi que les gens répondent.
plan-by = par
plan-universe = Personnes concernées : { $universe }
plan-columns = Dans ses colonnes : { $universe }
plan-empty-columns = Colonnes toujours vides : { $list }
plan-change = Modifier « { $title } »
plan-item = Question comptée
plan-choose = Choisir…
plan-columns-of = Répartie par
plan-no-columns = Rien : un seul total
plan-figure-title = Titre ({ $language })
plan-new = Un chiffre de plus
plan-new-title = Titre
plan-new-title-hint = Vide : celui de la question.
plan-add = Ajouter le chiffre
plan-unused = Questions qu’aucun chiffre n’utilise
plan-unused-about = Une question sans chiffre allonge l’enquête. Certaines servent autrement : elles décident de qui voit la suite.
plan-all-used = Chaque question sert à un chiffre.
plan-is-read = lue par une condition
plan-want = Vouloir ce chiffre
plan-want-of = Vouloir ce chiffre : « { $name } »
edit-kind-figure = Chiffre voulu
edit-field-by = Répartie par
