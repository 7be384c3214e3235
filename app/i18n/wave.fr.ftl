
# Le lien d’une vague et ce qu’elle dit une fois fermée ; `wave.en.ftl` a les mêmes clés.

field-jumps = Sur cette page
field-link = Lien
field-link-hint = L’adresse publique de la vague. Le code QR y mène ; il reste le bon quand la vague s’ouvre et se ferme.
field-qr-alt = Code QR qui mène à { $link }
field-qr-svg = Télécharger le code QR (SVG, pour une mise en page)
field-qr-png = Télécharger le code QR (PNG, 10 cm à 300 points par pouce)
field-closing = Message de fermeture
field-closing-hint = Ce que lit toute personne qui arrive une fois la vague fermée, par sa date ou à la main. Texte simple ; une ligne vide sépare deux paragraphes ; 2 000 caractères au plus. Vide : la phrase habituelle. Une vague pas encore ouverte ou complète garde la sienne.
field-message = Message en { $language }
field-message-shown = La page en { $language }
field-done-message = Le message de fermeture est enregistré.
field-done-opening-moved = Les dates sont enregistrées. L’ouverture est déplacée : les personnes à qui l’ancienne date a été dite ne le savent pas encore.
field-done-closing-moved = Les dates sont enregistrées. La fermeture est déplacée : les personnes à qui l’ancienne date a été dite ne le savent pas encore.
field-done-dates-moved = Les dates sont enregistrées. L’ouverture et la fermeture sont déplacées : les personnes à qui les anciennes dates ont été dites ne le savent pas encore.
team-did-wave-message = Message de fermeture changé
team-error-bad_message = Un message de fermeture a 2 000 caractères au plus.
team-error-bad_language = Le questionnaire ne parle pas cette langue.
audit-moved-opens = ouverture déplacée : { $change }
audit-moved-closes = fermeture déplacée : { $change }
