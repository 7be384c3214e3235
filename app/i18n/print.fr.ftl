# Le questionnaire sur papier

print-title = Papier
print-hint = Le questionnaire tel qu’on le remplit au stylo ou qu’on le relit en comité : les filtres y sont écrits en toutes lettres.
print-version = Version
print-working = Version de travail
print-published = Version publiée n° { $number }
print-language = Langue
print-annotated = Pour un comité : identifiants, codes et conditions
print-show = Afficher
print-pdf = Télécharger le PDF
print-how = Pour imprimer cette page, utilisez l’impression de votre navigateur : seul le questionnaire sort sur le papier.
print-errors-title = Rien à imprimer pour l’instant
print-errors = Ce texte a des erreurs ; le papier apparaît une fois qu’elles sont corrigées.
print-sheet = Questionnaire imprimable
